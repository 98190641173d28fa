"""A Slack workspace on this machine: enough of it for slack_sdk and Bolt, unchanged."""
