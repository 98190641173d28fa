"""toban, tested."""
