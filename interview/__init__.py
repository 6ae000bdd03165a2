"""The heart of Vivavoce: rules of the interview, its use cases, its ports and its store."""
