"""What the area `path` measures, a noun a file."""
