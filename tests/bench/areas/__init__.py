"""One module an area; each has `MEASURES`, functions that return figures."""
