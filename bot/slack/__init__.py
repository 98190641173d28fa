"""The only folder that speaks Slack."""
