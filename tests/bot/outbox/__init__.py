"""Tests of the outbox's sender."""
