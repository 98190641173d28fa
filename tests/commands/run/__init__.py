"""The verbs of /ec2."""
