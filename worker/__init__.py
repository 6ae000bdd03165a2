"""What may happen later: scoring, webhooks, and the watch over live rooms."""
