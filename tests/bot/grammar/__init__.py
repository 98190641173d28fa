"""The grammar, tested."""
