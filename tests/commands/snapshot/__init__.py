"""The verbs of /snapshot."""
