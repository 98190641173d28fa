"""The grammar: text to arguments and back, once for every door."""
