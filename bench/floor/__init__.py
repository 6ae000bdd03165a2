"""The floor in a real room: how soon the AI is silent, how soon it is back, and whose words are
whose."""
