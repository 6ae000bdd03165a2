"""Outside things that more than one process uses, behind the ports of the heart."""
