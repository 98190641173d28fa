"""A small stub of AWS for benchmarks: constant time a call, however many resources there are."""
