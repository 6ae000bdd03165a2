"""Deepgram's v1 messages and refusals, shared by this server and the stand-in of the tests."""
