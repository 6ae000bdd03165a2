"""What may happen later: scoring, and the watch over live rooms."""
