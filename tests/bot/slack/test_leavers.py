"""Who left the workspace, as a Slack on this machine says it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from slack_sdk import WebClient

from bot.slack.leavers import AGAIN, Leavers
from playground.slack.server import LocalSlack
from tests.house import Time

DAY, PERSON = timedelta(days=1), "U0SATO"


@pytest.fixture(scope="module")
def one_slack() -> Iterator[LocalSlack]:
    with LocalSlack() as running:
        yield running


@pytest.fixture
def slack(one_slack: LocalSlack) -> LocalSlack:
    one_slack.workspace.begin_anew()
    one_slack.faults.clear()
    return one_slack


@pytest.fixture
def now() -> Time:
    return Time()


@pytest.fixture
def leavers(slack: LocalSlack, now: Time) -> Leavers:
    return Leavers(WebClient(slack.bot_token, base_url=slack.api_url, timeout=5), now)


def test_whom_slack_calls_deleted_has_left(leavers: Leavers, slack: LocalSlack) -> None:
    slack.workspace.deactivate(PERSON)
    assert leavers.has_left(PERSON, DAY)
    assert not leavers.has_left("U0SUZUKI", DAY)


def test_what_was_heard_is_believed_as_long_as_it_is_fresh(
    leavers: Leavers, slack: LocalSlack, now: Time
) -> None:
    assert not leavers.has_left(PERSON, DAY)
    slack.workspace.deactivate(PERSON)
    now.pass_(minutes=6)
    assert not leavers.has_left(PERSON, DAY)
    assert leavers.has_left(PERSON, timedelta(minutes=5))


def test_of_whom_slack_does_not_say_it_is_not_believed_and_soon_asked_again(
    leavers: Leavers, slack: LocalSlack, now: Time
) -> None:
    slack.workspace.deactivate(PERSON)
    slack.faults.answer("users.info", status=503, times=1)
    assert not leavers.has_left(PERSON, DAY)
    assert not leavers.has_left(PERSON, DAY)
    now.pass_(seconds=AGAIN.total_seconds() + 1)
    assert leavers.has_left(PERSON, DAY)


def test_somebody_nobody_knows_has_not_left(leavers: Leavers) -> None:
    assert not leavers.has_left("U0NOBODY", DAY)
