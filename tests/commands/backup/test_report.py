import pytest

from bot.arguments import UsageError
from bot.brief import NightBrief
from bot.plan import Plan
from bot.words import words
from commands.backup import report
from tests.commands.backup.ledger import world
from tests.commands.backup.nights import bad, brief, good, lost


def reported(*nights: NightBrief, night: str = "") -> Plan:
    return report.plan(report.Args(night), world(*nights))


def test_a_good_night_is_a_sentence_and_the_last_thirty_another() -> None:
    plan = reported(good(), bad(1), lost(2))
    assert str(plan.summary) == (
        "Backups of 2026-11-22: all 2 volumes and instances. 2 new generations. It took 0:12:00."
    )
    assert [str(note) for note in plan.notes] == [
        "The last 3 nights: 1 good night, 1 with failures, 1 missed"
    ]


def test_a_night_with_failures_is_red_names_its_owner_and_lists_what_failed() -> None:
    plan = reported(bad())
    assert str(plan.summary).startswith("🔴 U0MILLER: Backups of 2026-11-22: 1 of 2")
    assert plan.table is not None
    assert plan.table.rows == (("db", "failed", "no key", "vol-2", "prod", "ap-northeast-1"),)
    assert str(plan.notes[1]) == "“/backup tonight vol-2” tries again now"
    assert plan.file is not None
    assert plan.file.name == "backup-2026-11-22.csv"


def test_a_missed_night_is_red_in_the_morning() -> None:
    said = str(reported(lost(), good(1)).summary)
    assert said == "🔴 U0MILLER: No backups in the night of 2026-11-22: nobody was there."


def test_a_refused_night_is_red_with_its_reason() -> None:
    refused = brief(0, 9, "refused", why=words("not allowed"), took=None)
    assert str(reported(refused).summary) == (
        "🔴 U0MILLER: The night of 2026-11-22 ended as refused: not allowed."
    )


def test_a_night_longer_ago_than_a_day_is_not_reported_as_the_last() -> None:
    assert str(reported(good(2)).summary) == "🔴 No night of backups in the last 24 hours."


def test_a_night_that_was_made_up_for_is_reported_as_it_ended() -> None:
    assert "all 2 volumes" in str(reported(good(0, 9), bad(0, 8)).summary)


def test_another_night_is_named_by_its_date() -> None:
    assert "2026-11-22" in str(reported(good(), night="2026-11-22").summary)
    assert str(reported(good(), night="2026-11-20").summary) == (
        "There was no night of backups on 2026-11-20 that toban knows of."
    )
    with pytest.raises(UsageError, match="is no date"):
        reported(good(), night="yesterday")


def test_a_night_still_under_way_says_so() -> None:
    running = brief(0, 9, "running", took=None)
    assert str(reported(running).summary) == "The night of 2026-11-22 has not ended: operation #9."


def test_a_night_of_two_schedules_is_reported_in_two_sentences_the_red_one_too() -> None:
    other = brief(0, 10, "refused", why=words("not allowed"), took=None, line="/backup tonight all")
    said = str(reported(other, good()).summary)
    assert "🔴 U0MILLER: The night of 2026-11-22 ended as refused: not allowed." in said
    assert "all 2 volumes" in said
