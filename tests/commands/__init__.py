"""Every verb, planned and carried out over the local AWS."""
