"""A local Slack workspace and a local AWS, so that anyone can try the real bot in a minute."""
