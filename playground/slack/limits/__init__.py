"""What Slack refuses: the limits of Block Kit, of views and of messages."""
