"""jobs/: what the clock asks, on a timetable."""
