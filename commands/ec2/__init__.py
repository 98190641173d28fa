"""/ec2: instances."""
