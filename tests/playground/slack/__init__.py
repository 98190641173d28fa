"""Tests of the local Slack."""
