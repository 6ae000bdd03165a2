"""Synthesis, in one process of its own: `python -m local.speech.talking` (espeak-ng, GPL)."""
