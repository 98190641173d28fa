"""Generations: what counts as one, how many stay, and which go."""
