"""Set-up of a fresh clone with the standard library alone: uv, the environment, the SFU."""
