"""Recognition, in a process of its own for each stream: `python -m local.speech.hearing`."""
