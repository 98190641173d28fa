"""Failure tests: how exactly an outage is measured, and what asking costs."""
