"""Supervision: the local processes started in order, watched, and stopped without a trace."""
