"""The standing jobs: doors that the clock and events knock on."""
