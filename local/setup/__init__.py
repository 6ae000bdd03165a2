"""Set-up of a fresh clone: uv, the Python environment and the SFU, with the standard library alone."""
