"""How long a judge takes for a long interview, and how much memory."""
