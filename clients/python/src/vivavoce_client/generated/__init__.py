"""What `docs/openapi.json` says, as Python."""
