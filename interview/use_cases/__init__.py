"""What can be done with the rules and a store: each use case loads, asks a rule and commits."""
