"""/rds: databases, instances and clusters."""
