"""/ami: machine images and their generations."""
