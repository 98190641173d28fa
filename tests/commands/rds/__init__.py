"""The verbs of /rds."""
