"""A night of backups, beside a plain script that makes the same calls and writes nothing down."""
