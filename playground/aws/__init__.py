"""A local AWS: moto behind a wire of ours, with time, faults and a log of calls."""
