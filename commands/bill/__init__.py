"""The bill: its money in text, what moved in it, and what is unusual: for all that tell of it."""
