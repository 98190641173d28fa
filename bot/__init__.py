"""The shell that every door shares."""
