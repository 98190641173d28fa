"""The verbs of /schedule."""
