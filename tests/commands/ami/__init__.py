"""The verbs of /ami."""
