"""aws/, tested against a local AWS on the loopback only."""
