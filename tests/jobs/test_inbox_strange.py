"""The third door: what is poisoned, forged or not ours, and a thread that nothing ends before its time."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from aws.account import AccountConfig
from bot.event import Event
from bot.store.events import Outcome
from bot.trouble import Reading
from jobs import inbox as module
from jobs.inbox import HIDDEN, TRIES
from jobs.readings.read import read
from tests.aws.certificates import notification, sign
from tests.happened import asked, every, letters, outcomes
from tests.house import House, house
from tests.jobs.post import ACCOUNT, ACTING, REST, STRANGER, post


@pytest.fixture
def there(tmp_path: Path) -> Iterator[House]:
    with house(tmp_path, [AccountConfig("dev", ACCOUNT, ("ap-northeast-1",))], rules=(ACTING, REST)) as made:
        yield made


# -- a poisoned one -------------------------------------------------------------------------------------


def stumbling(event: Event) -> Reading:
    """A reading with a mistake of ours in it."""
    if "poison" in json.dumps(event.envelope):
        raise ZeroDivisionError("a mistake of ours")
    return read(event)


def test_a_poisoned_message_holds_up_no_other_and_is_set_aside_with_a_notice(
    there: House, caplog: pytest.LogCaptureFixture
) -> None:
    here = post(there, read=stumbling)
    here.box.send(*(here.alarm(f"web-{n}") for n in range(4)), here.alarm("poison"), here.alarm("last"))
    here.turn()
    assert len(every(there)) == 5, "at once, and not when the bad one has gone"
    assert len(here.box.held) == 1
    here.turns(TRIES)
    assert here.box.held == []
    assert outcomes(there)[-1] == Outcome.ASIDE
    (notice,) = letters(there, "notice")
    assert "event-refused:main" in notice
    (aside,) = [one for one in there.path.troubles.events() if one.outcome == Outcome.ASIDE]
    assert str(aside.why) == f"toban stumbled over it {TRIES} times; its log says how"
    assert "a mistake of ours" in caplog.text


def test_a_poisoned_message_goes_to_the_redrive_queue_where_that_is_sooner(there: House) -> None:
    here = post(there, read=stumbling)
    here.box.redrive = 3
    here.box.send(here.alarm("poison"), here.alarm("web"))
    here.turns(TRIES)
    assert [len(here.box.held), len(here.box.dead)] == [0, 1]
    assert letters(there, "notice") == []
    assert len(every(there)) == 1


def test_while_the_database_is_away_nothing_is_set_aside(
    there: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = post(there)
    here.box.send(here.alarm("a"), here.alarm("b"))

    tries: list[int] = []

    def away(_path: object, _queue: str, seen: list[Any]) -> None:
        tries.append(len(seen))
        raise OperationalError("insert", {}, Exception("disk I/O error"))

    with monkeypatch.context() as patch:
        patch.setattr("bot.flow.troubles.take_in", away)
        for _ in range(2 * TRIES):
            with pytest.raises(OperationalError):
                here.turn()
            there.time.pass_(seconds=HIDDEN + 1)
    assert tries == [2] * 2 * TRIES, "not one by one: it is not their fault"
    here.turn()
    assert here.states() == ["open", "open"]
    assert letters(there, "notice") == []


# -- what is not ours -----------------------------------------------------------------------------------


def test_what_is_forged_foreign_or_unreadable_starts_nothing_and_is_said_once_an_hour(there: House) -> None:
    here = post(there)
    event = here.alarm()
    forged = {**sign(notification(json.dumps(event))), "Message": json.dumps(here.alarm("forged"))}
    foreign = here.alarm("foreign", account=STRANGER)
    stranger = sign(
        notification(json.dumps(here.alarm("x")), TopicArn=f"arn:aws:sns:ap-northeast-1:{STRANGER}:t")
    )
    here.box.send(forged, forged, foreign, stranger, "garbage", "more garbage", {})
    here.turn()
    assert here.box.held == []
    assert every(there) == []
    assert asked(there) == []
    assert sorted(outcomes(there)) == [Outcome.REFUSED] * 4 + [Outcome.ASIDE] * 3
    assert len(letters(there, "notice")) == 5, "one for each kind of reason"


def test_what_is_replayed_is_known(there: House) -> None:
    here = post(there)
    genuine = sign(notification(json.dumps(here.alarm())))
    here.box.send(genuine)
    here.turn()
    there.time.pass_(hours=5)
    here.box.send(genuine)
    here.turn()
    assert len(asked(there)) == 1
    assert outcomes(there) == [Outcome.TOLD]


def test_while_sns_certificate_is_not_to_be_had_a_message_waits_and_is_refused_in_the_end(
    there: House, caplog: pytest.LogCaptureFixture
) -> None:
    def away(_message: object) -> None:
        raise OSError("no route to host")

    caplog.set_level(logging.INFO, logger="toban.inbox")
    here = post(there, check=away)
    here.box.send(sign(notification("x")), here.alarm())
    here.turns(TRIES - 1)
    assert len(here.box.held) == 1
    assert (len(every(there)), letters(there, "notice")) == (1, [])
    assert "no certificate of SNS's: no route to host" in caplog.text
    here.turn()
    assert here.box.held == []
    assert outcomes(there)[-1] == Outcome.REFUSED


# -- the thread -----------------------------------------------------------------------------------------


def test_it_receives_until_it_is_stopped_whatever_goes_wrong(
    there: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    here = post(there)
    monkeypatch.setattr(module, "PAUSE", 0.0)
    monkeypatch.setattr(here.inbox, "_pause", 0.0)
    happens = iter(["away", "a mistake", "nothing", "stop"])

    def on_receive() -> None:
        here.box.away = ()
        match next(happens):
            case "away":
                here.box.away = {"receive"}
            case "a mistake":
                raise ValueError("a mistake of ours")
            case "stop":
                here.stop.set()

    here.box.on_receive = on_receive
    here.inbox.run()
    assert here.box.log.count("receive") == 3
    assert "main: receiving from" in caplog.text
    assert "main: a turn failed" in caplog.text


def test_pauses_grow_while_a_queue_cannot_be_received_from(there: House) -> None:
    here = post(there)
    here.stop.set()
    for _ in range(10):
        here.inbox._wait()
    assert here.inbox._pause == module.LONGEST_PAUSE


def test_what_comes_when_all_is_to_end_is_left_for_the_next_process(there: House) -> None:
    here = post(there)
    here.box.send(here.alarm())
    here.box.on_receive = here.stop.set
    here.turn()
    assert every(there) == []
    (held,) = here.box.held
    assert held.visible == there.time(), "it need not wait until its visibility has passed"


def test_what_is_in_hand_is_waited_for(there: House) -> None:
    here = post(there)
    assert here.inbox.finish(0.0)
    with here.inbox._at_work:
        assert not here.inbox.finish(0.01)
