"""The simulated candidate: an outside party that joins, listens and really speaks."""
