"""The state: what the database itself refuses, whoever asks."""
