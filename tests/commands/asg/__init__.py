"""The verbs of /asg."""
