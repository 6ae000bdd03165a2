"""The public contract, version 1: one module per noun, handlers that parse, call and answer."""
