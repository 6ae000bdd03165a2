"""GraphQL: the read side in one question, and a live interview's events as they happen."""
