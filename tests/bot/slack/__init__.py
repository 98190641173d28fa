"""Slack's doors, over a local Slack."""
