"""The embedded default for speech: a server that speaks Deepgram's v1 protocol, for one machine.

It listens with pocketsphinx and talks with espeak-ng, each in processes of their own: recognition
must not stall other streams, and espeak-ng is under the GPL and must not be part of our programs.
"""
