"""Well or not, and why: decided from what is known."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.health.check import Facts, Finding, Socket, Stored, findings
from bot.operation import State
from bot.store.vitals import OPEN, Vitals

NOW = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
HEARS, DEAF, GONE = Socket(True, False, 2.0), Socket(True, True, 41.0), Socket(False, False, 99.0)


def stored(*, unsent: float | None = None, drills: int = 0, broken: bool = False) -> Stored:
    since = None if unsent is None else NOW - timedelta(seconds=unsent)
    return Stored(Vitals(dict.fromkeys(OPEN, 0) | {State.WAITING: 2}, None, since, drills), broken)


def red(facts: Facts) -> dict[str, str]:
    return {one.check: one.said for one in findings(facts) if not one.well}


def facts(*sockets: Socket, of: Stored | str | None = None, watched: bool = False) -> Facts:
    return Facts(NOW, sockets or (HEARS, HEARS), stored() if of is None else of, watched)


def test_when_all_is_well_nothing_is_said() -> None:
    assert red(facts()) == {}
    assert {one.check for one in findings(facts())} == {
        *("slack", "database", "workers", "outbox", "drills", "audit")
    }


def test_one_deaf_socket_is_enough_since_slack_gives_it_its_share_of_clicks() -> None:
    assert red(facts(HEARS, DEAF)) == {"slack": "1 of 2 sockets heard nothing for 41 s; toban replaces them"}


def test_one_socket_that_comes_back_loses_nothing_while_the_other_hears() -> None:
    assert red(facts(HEARS, GONE)) == {}


def test_without_any_socket_nobody_can_reach_it() -> None:
    assert "no socket is connected to Slack" in red(facts(GONE, GONE))["slack"]


def test_where_slack_comes_by_http_no_socket_is_missed() -> None:
    assert red(Facts(NOW, (), stored(), watched=False)) == {}


@pytest.mark.parametrize(("living", "is_red"), [(None, False), (0, True), (1, False)])
def test_where_nobody_works_nothing_that_is_asked_for_begins(living: int | None, is_red: bool) -> None:
    assert ("workers" in red(facts(of=replace(stored(), workers=living)))) is is_red


@pytest.mark.parametrize(("age", "is_red"), [(None, False), (60.0, False), (60.5, True)])
def test_a_message_may_wait_for_a_minute(age: float | None, is_red: bool) -> None:
    assert ("outbox" in red(facts(of=stored(unsent=age)))) is is_red


def test_a_failure_test_needs_somebody_who_watches() -> None:
    assert "nobody watches" in red(facts(of=stored(drills=1)))["drills"]
    assert red(facts(of=stored(drills=1), watched=True)) == {}
    assert red(facts(of=stored(drills=0))) == {}


def test_a_break_of_the_audit_log_is_red_until_somebody_looked() -> None:
    assert "toban audit verify" in red(facts(of=stored(broken=True)))["audit"]


def test_while_the_database_is_away_nothing_is_said_of_what_it_would_tell() -> None:
    found = findings(facts(of="the database does not answer"))
    assert found[1:] == (Finding("database", False, "the database does not answer"),)


def test_what_no_socket_shows_is_said_before_what_sockets_show() -> None:
    found = findings(replace(facts(HEARS, DEAF), trouble="Slack takes the bot's token no more"))
    assert {one.check: one.said for one in found if not one.well} == {
        "slack": "Slack takes the bot's token no more"
    }
