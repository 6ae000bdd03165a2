"""The Python client's generated part, made from `docs/openapi.json`."""
