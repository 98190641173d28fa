"""Translations, one folder a language, and the command that keeps them complete."""
