"""Who is in a user group, as a Slack on this machine says it."""

from collections.abc import Iterator

import pytest
from slack_sdk import WebClient

from bot.people import Directory
from bot.slack.groups import FRESH, UserGroups
from playground.slack.server import LocalSlack
from tests.house import Time

GROUP = "S0OPERATORS"


@pytest.fixture(scope="module")
def slack() -> Iterator[LocalSlack]:
    with LocalSlack() as running:
        yield running


def test_what_was_not_heard_or_too_long_ago_is_not_known_and_not_nobody(slack: LocalSlack) -> None:
    now = Time()
    groups = UserGroups(WebClient(slack.bot_token, base_url=slack.api_url, timeout=5), now)
    people = Directory({"operators": (GROUP,)}, groups.members)
    assert not people.are_known()
    groups.refresh((GROUP,))
    assert people.are_known()
    assert people.person("U0SATO").groups == ("operators",)
    now.pass_(seconds=FRESH.total_seconds())
    assert not people.are_known()
    assert people.person("U0SATO").groups == ()
