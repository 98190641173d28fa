"""/schedule: what the clock asks."""
