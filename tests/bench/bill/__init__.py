"""The bill of many accounts, read, kept and shown."""
