"""The outbox's sender: what the path committed reaches Slack, once, in order, and within its rates."""
