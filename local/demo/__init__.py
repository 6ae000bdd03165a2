"""The demo: one whole interview by voice, held by a simulated candidate through the public API."""
