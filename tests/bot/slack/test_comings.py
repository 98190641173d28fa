"""Slack tells that toban is put out of a channel, or back: it is said once, where somebody reads it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from aws.account import AccountConfig
from bot.schedule import Schedule
from bot.slack.channel_events import EVENTS
from bot.slack.comings import Comings
from bot.slack.manifest import manifest
from bot.store.schema import outbox
from bot.words import from_json
from tests.house import CHANNEL, House, house

ME, REPORTS = "U0TOBAN", "C0REPORTS"
NIGHTLY = Schedule(
    name="nightly",
    line="ec2 list",
    days=("mon",),
    time="01:00",
    zone="Asia/Tokyo",
    channel=CHANNEL,
    owner="U0OWNER",
)


@pytest.fixture
def there(tmp_path: Path) -> Iterator[House]:
    dev = AccountConfig("dev", "123456789012", ("ap-northeast-1",))
    with house(tmp_path, [dev], schedules=[NIGHTLY]) as made:
        yield made


def happens(there: House, kind: str, reports: str = REPORTS, **event: str) -> None:
    """Slack tells of it; it is acknowledged."""
    acked: list[bool] = []
    ack: Any = lambda: acked.append(True)  # noqa: E731
    body = {"event": {"type": kind, "channel": CHANNEL, **event}}
    Comings(there.path, lambda: ME, reports).on_event(ack, body)
    assert acked == [True]


def told(there: House) -> list[tuple[str, str, str]]:
    """To which channel or person, and what."""
    query = select(outbox.c.channel, outbox.c.person, outbox.c.body).order_by(outbox.c.id)
    rows = there.path.db.read(lambda tx: tx.execute(query).all())
    return [(row.channel, row.person, str(from_json(row.body))) for row in rows if row.body]


@pytest.mark.parametrize("kind", ["channel_left", "group_left", "member_left_channel"])
def test_it_is_said_where_toban_speaks_of_itself_and_to_who_has_schedules_there(
    there: House, kind: str
) -> None:
    happens(there, kind, user=ME)
    (all_, said), (owner, mine) = [(one[0] or one[1], one[2]) for one in told(there)]
    assert (all_, owner) == (REPORTS, "U0OWNER")
    assert f"toban is no longer in {CHANNEL}" in said
    assert "/invite @toban" in said
    assert "These schedules report there: nightly" in mine


def test_two_events_of_one_thing_are_said_once(there: House) -> None:
    happens(there, "channel_left")
    happens(there, "member_left_channel", user=ME)
    assert len(told(there)) == 2


def test_an_archived_channel_is_to_be_unarchived_not_invited_to(there: House) -> None:
    happens(there, "channel_archive", user="U0SATO")
    assert "is archived" in told(there)[0][2]
    assert "/invite" not in told(there)[0][2]


@pytest.mark.parametrize("kind", ["member_left_channel", "member_joined_channel"])
def test_other_people_come_and_go(there: House, kind: str) -> None:
    happens(there, kind, user="U0SATO")
    assert told(there) == []


def test_where_the_lost_channel_is_the_one_to_say_it_in_its_owners_hear_of_it(there: House) -> None:
    happens(there, "channel_left", reports=CHANNEL)
    assert [one[1] for one in told(there)] == ["U0OWNER"]


def test_the_manifest_has_slack_tell_of_it() -> None:
    events = manifest([])["settings"]["event_subscriptions"]["bot_events"]
    assert set(EVENTS) <= set(events)
