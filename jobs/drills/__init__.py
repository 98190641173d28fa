"""What runs beside a failure test: its probes, whoever ends it before its time, and its message."""
