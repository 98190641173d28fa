"""Slash commands: a noun is a folder, a verb is one file."""
