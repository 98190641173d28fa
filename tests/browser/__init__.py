"""Whole stories in a browser: what a person in front of the playground's page sees and does."""
