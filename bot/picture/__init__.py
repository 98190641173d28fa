"""Charts as pictures: PNG files that are readable on a phone, in light and in dark."""
