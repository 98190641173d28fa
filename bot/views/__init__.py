"""Operation to Block Kit: pure, within Slack's limits by construction."""
