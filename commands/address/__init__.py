"""/address: Elastic IP addresses."""
