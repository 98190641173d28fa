"""What is asked of /rds."""
