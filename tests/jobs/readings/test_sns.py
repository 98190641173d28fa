"""Text that somebody published is shown line by line."""

from bot.trouble import Phase
from tests.jobs.readings.given import facts, reading, say


def test_a_message_is_shown_as_it_was_written_without_its_secrets() -> None:
    found = reading("sns_text")
    assert say(found.title) == "batch-results: nightly import failed"
    assert facts(found) == [
        "The import of 2026-11-22 failed after 12 minutes.",
        "DATABASE_PASSWORD=[redacted] was refused.",
        "See https://ci.example.com/job/1234",
    ]
    assert (found.phase, found.names["topic"]) == (Phase.TELLS, "batch-results")
