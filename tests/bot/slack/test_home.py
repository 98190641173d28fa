"""Home tabs follow what happens, whoever wrote it: newcomers first, then whose requests have ended."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from slack_sdk.errors import SlackClientError
from sqlalchemy import update

from aws.account import AccountConfig
from bot.bell import Bell
from bot.language import Languages
from bot.operation import State
from bot.slack import home
from bot.slack.home import Homes
from bot.store import audit
from bot.store.audit import Event
from bot.store.schema import operations
from tests.house import OPERATOR, OTHER, READER, House, house
from tests.new_database import put_on
from tests.postgres import Server

PEOPLE = tuple(f"U0PERSON{number}" for number in range(12))


@pytest.fixture
def there(tmp_path: Path) -> Iterator[House]:
    with opened(tmp_path) as made:
        yield made


def opened(folder: Path) -> Any:
    return house(folder, [AccountConfig("dev", "123456789012", ("ap-northeast-1",))])


@dataclass
class Readers:
    """What people read, as Slack has said."""

    known: dict[str, str] = field(default_factory=dict)
    zones: dict[str, ZoneInfo] = field(default_factory=dict)

    def language(self, person: str, otherwise: Callable[[], str]) -> str:
        return self.known.get(person) or otherwise()

    def zone(self, person: str, otherwise: tzinfo) -> tzinfo:
        return self.zones.get(person, otherwise)

    def are_known(self, person: str) -> bool:
        return person in self.known


@dataclass
class Tabs:
    """A client that keeps what was published, in its order; `full`: Slack says that it is too much."""

    told: list[str] = field(default_factory=list)
    views: dict[str, str] = field(default_factory=dict)
    full: bool = False

    def views_publish(self, *, user_id: str, view: Any) -> None:
        if self.full:
            raise SlackClientError("ratelimited")
        self.told.append(user_id)
        self.views[user_id] = json.dumps(view, ensure_ascii=False)


@dataclass
class Opened:
    """Some people's tabs over a house."""

    house: House
    tabs: Tabs = field(default_factory=Tabs)
    readers: Readers = field(default_factory=Readers)

    def __post_init__(self) -> None:
        client: Any = self.tabs
        readers: Any = self.readers
        self.homes = Homes(self.house.path, client, readers, Languages.load(), Bell().ear(), lambda: "")

    def opens(self, *people: str) -> None:
        for person in people:
            event = {"user": person, "tab": "home"}
            acked: list[bool] = []
            ack: Any = lambda acked=acked: acked.append(True)  # noqa: E731
            self.homes.on_opened(ack, {"team_id": "T0TOBAN", "event": event})
            assert acked == [True]

    def round(self) -> list[str]:
        """Whose tabs one round published."""
        self.tabs.told.clear()
        self.homes.round()
        return list(self.tabs.told)


def ends(there: House, number: int, person: str) -> None:
    """An operation of this person's ends."""

    def change(tx: Any) -> None:
        mine = update(operations).where(operations.c.id == number)
        tx.execute(mine.values(state=State.DONE, started=there.time(), ended=there.time()))
        audit.write(tx, audit.line(Event.ENDED, there.time(), person=person, operation=number))

    there.path.db.write(change)


def test_a_round_publishes_a_few_and_the_next_one_goes_on(there: House) -> None:
    one = Opened(there)
    one.opens(*PEOPLE)
    seen = [one.round() for _ in range(4)]
    assert [len(each) for each in seen] == [home.AT_ONCE, home.AT_ONCE, 2, 0]
    assert sorted(who for each in seen for who in each) == sorted(PEOPLE)


def test_newcomers_come_first_and_then_those_whose_requests_have_ended(there: House) -> None:
    one = Opened(there)
    one.opens(*PEOPLE)
    for _ in range(3):
        one.round()
    number = there.asked("ec2 list", PEOPLE[-1])
    ends(there, number, PEOPLE[-1])
    one.opens(OTHER)
    assert one.round()[:2] == [OTHER, PEOPLE[-1]]


def test_nothing_is_published_where_nothing_has_changed(there: House) -> None:
    one = Opened(there)
    one.opens(READER)
    assert (one.round(), one.round()) == ([READER], [])


def test_a_tab_that_slack_refuses_is_published_later(there: House) -> None:
    one = Opened(there)
    one.opens(READER)
    one.tabs.full = True
    assert one.round() == []
    one.tabs.full = False
    assert one.round() == [READER]


def test_a_tab_is_in_the_language_and_the_zone_of_its_reader_once_slack_has_said_them(there: House) -> None:
    number = there.asked("ec2 list", READER)
    ends(there, number, READER)
    one = Opened(there)
    one.opens(READER)
    one.round()
    assert "12:00 JST" in one.tabs.views[READER]
    one.readers.known[READER], one.readers.zones[READER] = "ja", ZoneInfo("Europe/Berlin")
    assert one.round() == [READER]
    assert "自分の依頼" in one.tabs.views[READER]
    assert "4:00 CET" in one.tabs.views[READER]


def test_who_opened_their_tab_long_ago_is_told_nothing_more(there: House) -> None:
    one = Opened(there)
    one.opens(READER)
    one.round()
    there.time.pass_(hours=1)
    there.asked("ec2 list", OPERATOR)
    assert one.round() == []


def test_what_another_process_writes_shows_here(postgres: Server, tmp_path: Path) -> None:
    """The tab was opened at one replica; the operation is carried out by another."""
    url = put_on(postgres, tmp_path)
    with opened(tmp_path) as here, opened(tmp_path) as elsewhere:
        one = Opened(here)
        one.opens(READER)
        one.round()
        number = elsewhere.asked("ec2 list", READER)
        ends(elsewhere, number, READER)
        assert one.round() == [READER]
        assert f"#{number}" in one.tabs.views[READER]
    postgres.give_back(url)
