"""Clicks on an alarm's message: one visible answer each, and nothing from those whom the policy refuses."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select

from aws.account import AccountConfig
from bot.language import Languages
from bot.slack.alarms import Alarms
from bot.slack.form_about import About, read
from bot.slack.organisation import Home
from bot.slack.voices import Voices
from bot.store.closed_door import CannotStore
from bot.store.database import Database
from bot.store.outbox import Mail
from bot.store.schema import outbox
from bot.trouble import Phase, State
from bot.views.storm import ACKNOWLEDGE_ALL
from bot.views.trouble import ACKNOWLEDGE, IGNORE, REMIND, SILENCE, SNOOZE
from bot.words import from_json
from tests.happened import MINUTE, RULE, WEB, audited, come, every, newest
from tests.house import CHANNEL, OPERATOR, OTHER, READER, House, house

BUTTONS = (ACKNOWLEDGE, REMIND, SNOOZE, SILENCE)


@pytest.fixture
def there(tmp_path: Path) -> Iterator[House]:
    with house(tmp_path, [AccountConfig("dev", "123456789012", ("ap-northeast-1",))], rules=(RULE,)) as made:
        yield made


Click = Callable[..., None]


@pytest.fixture
def opened() -> list[About]:
    """The forms that opened."""
    return []


@pytest.fixture
def whispered() -> list[str]:
    """What whoever clicked is told without a row."""
    return []


@pytest.fixture
def click(there: House, opened: list[About], whispered: list[str]) -> Click:
    """Somebody clicks; it is acknowledged."""
    readers: Any = SimpleNamespace(language=lambda _person, _otherwise: "en")
    forms: Any = SimpleNamespace(open=lambda about, *_: opened.append(about))
    voices = Voices(there.path, readers, Languages.load(), lambda: Home(frozenset({"T0TOBAN"})))
    alarms = Alarms(there.path, voices, forms)
    handlers = {
        ACKNOWLEDGE: alarms.on_acknowledge,
        IGNORE: alarms.on_ignore,
        ACKNOWLEDGE_ALL: alarms.on_acknowledge_all,
        REMIND: alarms.on_remind,
        SNOOZE: alarms.on_snooze,
        SILENCE: alarms.on_silence,
    }

    def clicks(
        button: str, person: str = OPERATOR, number: int = 1, trigger: str = "1.2", **more: Any
    ) -> None:
        acked: list[bool] = []
        body = {
            "user": {"id": person, "team_id": "T0TOBAN"},
            "channel": {"id": CHANNEL},
            "trigger_id": trigger,
            "actions": [{"action_id": button, "value": f'{{"op": {number}, "hash": "alarm"}}'}],
            **more,
        }
        ack: Any = lambda: acked.append(True)  # noqa: E731
        respond: Any = lambda **message: whispered.append(message["text"])  # noqa: E731
        handlers[button](ack, body, respond)
        assert acked == [True]

    return clicks


def answers(there: House) -> list[tuple[str, str]]:
    """Who was told what, alone."""
    query = select(outbox.c.person, outbox.c.body).where(outbox.c.kind == Mail.PRIVATE).order_by(outbox.c.id)
    return [
        (row.person, str(from_json(row.body)))
        for row in there.path.db.read(lambda tx: tx.execute(query).all())
    ]


def test_who_acknowledges_looks_at_it(there: House, click: Click) -> None:
    come(there)
    click(ACKNOWLEDGE)
    assert newest(there).acknowledged_by == OPERATOR
    assert answers(there) == [(OPERATOR, "You look at #A1; nobody else is called.")]


def test_a_click_in_the_home_tab_where_there_is_no_channel_counts_too(there: House, click: Click) -> None:
    """What is said of it goes to whoever clicked, as a direct message."""
    come(there)
    click(ACKNOWLEDGE, channel={}, view={"type": "home"})
    assert newest(there).acknowledged_by == OPERATOR
    assert answers(there) == [(OPERATOR, "You look at #A1; nobody else is called.")]


def test_where_nothing_can_be_stored_who_clicks_is_told_so(
    there: House, click: Click, whispered: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    come(there)

    def full(*_: object, **__: object) -> None:
        raise CannotStore("COMMIT", None, OSError("database or disk is full"))

    monkeypatch.setattr(Database, "write", full)
    click(ACKNOWLEDGE)
    (said,) = whispered
    assert said.startswith("toban cannot write anything down now, so nothing was done.")
    assert newest(there).acknowledged_by == ""


def test_the_second_who_clicks_is_told_who_looks_at_it(there: House, click: Click) -> None:
    come(there)
    click(ACKNOWLEDGE, trigger="1")
    click(ACKNOWLEDGE, OTHER, trigger="2")
    assert answers(there)[1] == (OTHER, f"{OPERATOR} looks at #A1 already.")


def test_who_acknowledges_a_storm_has_one_answer_and_whom_the_policy_refuses_changes_nothing(
    there: House, click: Click
) -> None:
    for number in range(20):
        come(there, subject=f"arn:alarm:{number}")
    click(ACKNOWLEDGE_ALL, READER, trigger="1")
    assert {one.state for one in every(there)} == {State.OPEN}
    click(ACKNOWLEDGE_ALL, trigger="2")
    (refused, done) = answers(there)
    assert "alarm.acknowledge" in refused[1]
    gathered = [one for one in every(there) if one.storm == 1]
    assert {one.acknowledged_by for one in gathered} == {OPERATOR}
    assert done == (OPERATOR, f"You look at {len(gathered)} alarms; nobody else is called.")


def test_who_ignores_it_is_asked_why_in_its_thread(there: House, click: Click, opened: list[About]) -> None:
    come(there)
    message = {"message": {"ts": "77.1"}}
    click(IGNORE, **message)
    (about,) = opened
    assert (about.verb, about.channel, about.thread) == ("alarm.acknowledge", CHANNEL, "77.1")
    assert dict(about.given) == {"alarm": "A1"}
    assert read(about.written()) == about
    assert newest(there).state is State.OPEN
    assert answers(there) == []


def test_what_somebody_looks_at_or_is_over_needs_no_reason(
    there: House, click: Click, opened: list[About]
) -> None:
    come(there)
    click(ACKNOWLEDGE, trigger="1")
    click(IGNORE, OTHER, trigger="2")
    click(IGNORE, OTHER, number=9, trigger="3")
    assert opened == []
    assert [why for _, why in answers(there)[1:]] == [
        f"{OPERATOR} looks at #A1 already.",
        "There is no alarm #A9.",
    ]


def test_whom_the_policy_refuses_gets_no_form(there: House, click: Click, opened: list[About]) -> None:
    come(there)
    click(IGNORE, READER)
    assert opened == []
    assert "alarm.acknowledge" in answers(there)[0][1]


def test_who_snoozes_has_an_hour(there: House, click: Click) -> None:
    come(there)
    click(SNOOZE)
    assert newest(there).snoozed_until == there.time() + timedelta(hours=1)
    assert answers(there)[0][1].startswith("Nobody is called about #A1 until ")


def test_who_wants_a_reminder_is_told_when_it_comes(there: House, click: Click) -> None:
    come(there, starts=there.time() + timedelta(days=3))
    click(REMIND)
    assert newest(there).snoozed_until == there.time() + timedelta(days=2)
    ((who, what),) = answers(there)
    assert who == OPERATOR
    assert what.startswith("You are reminded of #A1 at ")


def test_who_silences_has_a_day(there: House, click: Click) -> None:
    come(there)
    click(SILENCE)
    (one,) = there.path.troubles.silences()
    assert (one.rule, one.subject, one.until) == ("alarms", WEB, there.time() + timedelta(days=1))
    assert answers(there)[0][1].startswith("Nobody hears of this until ")


@pytest.mark.parametrize("button", BUTTONS)
@pytest.mark.parametrize("person", [READER, "U0NOBODY"])
def test_whom_the_policy_refuses_is_told_so_and_nothing_changes(
    there: House, click: Click, button: str, person: str
) -> None:
    before = come(there)
    click(button, person)
    assert newest(there) == before
    assert there.path.troubles.silences() == []
    ((who, why),) = answers(there)
    assert who == person
    assert "alarm." in why
    assert "only for operators" in why
    assert audited(there) == ["trouble.began"]


@pytest.mark.parametrize("button", BUTTONS)
def test_a_click_that_comes_twice_counts_once_and_has_one_answer(
    there: House, click: Click, button: str
) -> None:
    come(there, starts=there.time() + timedelta(days=3))
    click(button)
    before, silences = newest(there), there.path.troubles.silences()
    there.time.pass_(minutes=1)
    click(button)
    assert newest(there) == before
    assert there.path.troubles.silences() == silences
    assert len(answers(there)) == 1
    assert len(audited(there)) == 2


@pytest.mark.parametrize("button", BUTTONS)
def test_a_click_on_what_never_was_or_is_over_is_answered(there: House, click: Click, button: str) -> None:
    click(button, number=77)
    assert len(answers(there)) == 1
    come(there)
    come(there, Phase.ENDS, at=there.time() + MINUTE)
    click(button, trigger="9.9")
    assert len(answers(there)) == 2
    assert newest(there).state is State.OVER


@pytest.mark.parametrize(
    "more",
    [
        {"actions": []},
        {"user": {}},
        {"trigger_id": ""},
        {"channel": None},
        {"actions": [{"action_id": ACKNOWLEDGE, "value": '{"op": -1, "hash": "alarm"}'}]},
        {"user": {"id": "W0STRANGER", "team_id": "T0ELSEWHERE"}},
    ],
    ids=["no button", "nobody", "no trigger", "nowhere", "no number", "of another workspace"],
)
def test_what_is_no_click_of_ours_does_nothing(there: House, click: Click, more: dict[str, Any]) -> None:
    come(there)
    click(ACKNOWLEDGE, **more)
    assert newest(there).state is State.OPEN
    assert answers(there) == []
