"""Tests of bot.picture."""
