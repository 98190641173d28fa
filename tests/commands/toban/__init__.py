"""The verbs of /toban."""
