"""The shortcut "run again": a line, or one sentence for whoever used it, whatever the message."""

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import insert, select

from aws.account import AccountConfig
from bot.language import Languages
from bot.operation import Door
from bot.slack.asking import Asking
from bot.slack.organisation import Home
from bot.slack.shortcuts import Shortcuts
from bot.slack.voices import Voices
from bot.store.closed_door import CannotStore
from bot.store.database import Database
from bot.store.outbox import Mail
from bot.store.schema import asks, outbox
from bot.words import from_json
from tests.house import APPROVER, CHANNEL, OPERATOR, OTHER, House, house

APP = "A0TOBAN"
CARD, REPLY = "1700000000.000100", "1700000000.000200"
Use = Callable[..., list[str]]


@pytest.fixture
def there(tmp_path: Path) -> Iterator[House]:
    with house(tmp_path, [AccountConfig("dev", "123456789012", ("ap-northeast-1",))]) as made:
        yield made


@pytest.fixture
def use(there: House) -> Use:
    """Somebody uses it on a message; it is acknowledged.  What they are told past the database."""
    readers: Any = SimpleNamespace(language=lambda _person, _otherwise: "en")
    voices = Voices(there.path, readers, Languages.load(), lambda: Home(frozenset({"T0TOBAN"})))
    shortcuts = Shortcuts(there.path, Asking(there.path, voices))

    def uses(person: str = OTHER, ts: str = CARD, team: str = "T0TOBAN", **message: str) -> list[str]:
        acked, told = [], []
        body = {
            "user": {"id": person, "team_id": team},
            "channel": {"id": CHANNEL},
            "trigger_id": f"{person}{ts}",
            "api_app_id": APP,
            "message": {"ts": ts, **message},
        }
        ack: Any = lambda: acked.append(True)  # noqa: E731
        respond: Any = lambda **said: told.append(said["text"])  # noqa: E731
        shortcuts.on_again(ack, body, respond)
        assert acked == [True]
        return told

    return uses


def with_card(there: House, line: str, **who: Any) -> int:
    """An operation with its card."""
    there.ask(line, **who)
    number = 1
    row = {"key": f"card:{number}:", "kind": Mail.CARD, "operation": number, "channel": CHANNEL, "ts": CARD}
    there.path.db.write(lambda tx: tx.execute(insert(outbox).values(rank=3, created=there.time(), **row)))
    return number


def asked(there: House) -> list[tuple[str, ...]]:
    """Who asked what, by which door, where, after the first."""
    columns = (asks.c.person, asks.c.line, asks.c.door, asks.c.channel, asks.c.thread, asks.c.schedule)
    query = select(*columns).where(asks.c.id > 1).order_by(asks.c.id)
    return [tuple(row) for row in there.path.db.read(lambda tx: tx.execute(query).all())]


def told(there: House) -> list[tuple[str, str]]:
    """Who was told what, alone."""
    query = select(outbox.c.person, outbox.c.body).where(outbox.c.kind == Mail.PRIVATE)
    rows = there.path.db.read(lambda tx: tx.execute(query).all())
    return [(row.person, str(from_json(row.body))) for row in rows]


@pytest.mark.parametrize("door", [Door.SLASH, Door.MENTION, Door.CLOCK, Door.EVENT])
def test_it_is_asked_as_whoever_uses_it_by_whatever_door_it_came(there: House, use: Use, door: Door) -> None:
    """What a schedule or an alarm's rule asked, too: as this person's own question, and no schedule's."""
    with_card(there, "ec2 list", door=door)
    use(OTHER)
    assert asked(there) == [(OTHER, "ec2 list", "button", CHANNEL, "", "")]


def test_what_begins_in_a_thread_stays_there(there: House, use: Use) -> None:
    with_card(there, "ec2 list")
    use(OTHER, thread_ts="1600000000.000100")
    assert asked(there)[0][4] == "1600000000.000100"


def test_what_the_app_said_in_a_thread_is_about_what_began_it(there: House, use: Use) -> None:
    with_card(there, "ec2 list")
    use(OTHER, REPLY, thread_ts=CARD, bot_id="B0TOBAN", app_id=APP)
    assert asked(there) == [(OTHER, "ec2 list", "button", CHANNEL, CARD, "")]


@pytest.mark.parametrize("app", ["", "A0OTHER"])
def test_what_others_said_there_is_about_nothing(there: House, use: Use, app: str) -> None:
    with_card(there, "ec2 list")
    use(OTHER, REPLY, thread_ts=CARD, app_id=app)
    assert asked(there) == []
    ((person, sentence),) = told(there)
    assert (person, "nothing that could be run again" in sentence) == (OTHER, True)


def test_who_may_not_ask_it_is_told_so_alone(there: House, use: Use) -> None:
    with_card(there, "ec2 stop tag:env=dev")
    use(APPROVER)
    assert asked(there) == []
    assert [person for person, _ in told(there)] == [APPROVER]


def test_a_line_that_is_none_any_more_is_said_to_be_none(there: House, use: Use) -> None:
    with_card(there, "ec2 list")
    there.path.db.write(lambda tx: tx.execute(asks.update().values(line="ec2 fly")))
    use(OTHER)
    assert asked(there) == []
    assert len(told(there)) == 1


def test_a_stranger_from_another_workspace_asks_nothing(there: House, use: Use) -> None:
    with_card(there, "ec2 list")
    use("W0STRANGER", team="T0OTHER")
    assert asked(there) == []
    assert "another workspace" in told(there)[0][1]


def test_a_partner_from_another_workspace_whom_a_group_names_is_heard(there: House, use: Use) -> None:
    with_card(there, "ec2 list")
    use(OTHER, team="T0OTHER")
    assert len(asked(there)) == 1


def test_where_nothing_can_be_stored_who_uses_it_is_told_so(
    there: House, use: Use, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_card(there, "ec2 list")

    def full(*_: object, **__: object) -> None:
        raise CannotStore("COMMIT", None, OSError("database or disk is full"))

    monkeypatch.setattr(Database, "write", full)
    (sentence,) = use(OPERATOR)
    assert "cannot write anything down" in sentence
