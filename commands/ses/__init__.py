"""/ses: whether mail goes out, and what puts that in danger."""
