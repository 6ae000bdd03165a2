"""The door: REST, events as they happen, the candidate's way in and the agent's."""
