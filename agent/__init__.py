"""The AI participant: hears, waits, speaks, and reports everything that happens."""
