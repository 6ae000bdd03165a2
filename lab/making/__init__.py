"""The generator of twins: the same answers give the same twins, to the letter."""
