"""Failure tests: break something on purpose, watch, measure, and always put it back."""
