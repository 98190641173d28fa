"""The path, stage by stage."""
