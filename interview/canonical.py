"""Canonical JSON (RFC 8785) of short records, spelled out where much of it is made.

Its text is the one thing that needs care: RFC 8785 writes it as ECMAScript does, and so does the
standard library's encoder unless it is asked for ASCII alone. A test holds both against `rfc8785`.
"""

from json.encoder import encode_basestring

text = encode_basestring
"""A string as JSON, quotes included."""
