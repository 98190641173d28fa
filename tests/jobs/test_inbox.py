"""The third door: what lies in a queue is taken in once, whatever happens meanwhile."""

import json
import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from aws.account import AccountConfig
from aws.errors import AwsError
from aws.sns_signature import verify
from bot.event import Event
from bot.store.events import Outcome
from bot.trouble import Reading, Rule, State
from jobs import inbox as module
from jobs.inbox import HIDDEN, TRIES, Door, Inbox
from jobs.readings.read import read
from playground.aws import saying
from tests.aws.certificates import notification, pem, sign
from tests.happened import DOING, INSTANCE, RULE, asked, every, letters, outcomes
from tests.house import CHANNEL, House, house
from tests.jobs.box import MAIN, Box, Boxed

ACCOUNT, STRANGER = "123456789012", "999999999999"
ACTING = replace(DOING, pattern=RULE.pattern)
REST = Rule("rest", {"source": [{"exists": True}]}, CHANNEL)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@dataclass
class Post:
    """The house, its queue, and the thread that reads it, by hand."""

    house: House
    box: Box
    inbox: Inbox
    stop: threading.Event

    def turn(self, times: int = 1) -> None:
        for _ in range(times):
            self.inbox.turn(0)

    def turns(self, times: int) -> None:
        """So many, with the visibility timeout passing after each."""
        for _ in range(times):
            self.turn(2)
            self.house.time.pass_(seconds=HIDDEN + 1)

    def alarm(self, name: str = "web", state: str = "ALARM", account: str = ACCOUNT, **ago: float) -> Any:
        at = self.house.time() - timedelta(**ago)
        return saying.cpu_alarm(account, INSTANCE, name, at, state)

    def states(self) -> list[str]:
        return [one.state.value for one in every(self.house)]


def post(house: House, rules: tuple[Rule, ...] = (ACTING, REST), **door: Any) -> Post:
    def check(message: Any) -> None:
        verify(message, house.time(), lambda _: pem())

    made = {"read": read, "check": check, "reports": "C0REPORTS", **door}
    box, stop = Box(house.time), threading.Event()
    opened = Door(house.path, rules, {ACCOUNT: "dev"}, **made)
    return Post(house, box, Inbox(Boxed(box), MAIN, opened, stop), stop)


@pytest.fixture
def there(tmp_path: Path) -> Iterator[House]:
    with house(tmp_path, [AccountConfig("dev", ACCOUNT, ("ap-northeast-1",))], rules=(ACTING, REST)) as made:
        yield made


def test_what_lies_in_the_queue_is_taken_in_and_only_then_deleted(there: House) -> None:
    here = post(there)
    here.box.send(here.alarm())
    here.turn()
    assert here.box.log == ["receive", "delete"]
    assert here.box.held == []
    assert (here.states(), asked(there)) == (["open"], [f"ec2 stop {INSTANCE}"])


def test_an_empty_queue_deletes_nothing(there: House) -> None:
    here = post(there)
    here.turn()
    assert here.box.log == ["receive"]


def test_the_first_rule_that_fits_counts_and_the_rest_is_told_too(there: House) -> None:
    here = post(there)
    unknown = saying.envelope("my.app", "Something", ACCOUNT, there.time(), {"x": 1})
    here.box.send(here.alarm(), unknown)
    here.turn()
    assert [one.rule for one in every(there)] == ["doing", "rest"]
    assert str(every(there)[1].title) == "my.app · Something"


def test_what_no_rule_fits_is_kept_with_its_reason(there: House) -> None:
    here = post(there, rules=(ACTING,))
    here.box.send(saying.envelope("my.app", "Something", ACCOUNT, there.time(), {}))
    here.turn()
    assert outcomes(there) == [Outcome.ASIDE]
    assert here.box.held == []
    assert letters(there, "notice") != []


# -- promises -------------------------------------------------------------------------------------------


def test_delivered_twice_it_is_one_message_and_one_ask(there: House) -> None:
    here = post(there)
    here.box.send(here.alarm(), here.alarm(), here.alarm())
    here.turn()
    here.box.send(here.alarm())
    here.turn()
    assert letters(there, "trouble") == ["trouble:1"]
    assert len(asked(there)) == 1
    assert outcomes(there) == [Outcome.TOLD]


def test_by_event_bridge_and_by_sns_it_is_one_message(there: House) -> None:
    here = post(there)
    event = here.alarm()
    state = event["detail"]["state"]
    told = {
        "AlarmName": event["detail"]["alarmName"],
        "AlarmArn": event["resources"][0],
        "AWSAccountId": ACCOUNT,
        "NewStateValue": "ALARM",
        "NewStateReason": state["reason"],
        "OldStateValue": "OK",
        "StateChangeTime": state["timestamp"],
        "Trigger": {},
    }
    here.box.send(sign(notification(json.dumps(told))), event, told)
    here.turn()
    assert outcomes(there) == [Outcome.TOLD]
    assert here.states() == ["open"]


def test_down_for_an_hour_what_waited_is_one_message_each_with_the_right_end(there: House) -> None:
    here = post(there)
    story = [("a", "ALARM", 60), ("b", "ALARM", 50), ("a", "OK", 40), ("c", "ALARM", 30), ("b", "OK", 20)]
    here.box.send(*(here.alarm(name, state, minutes=ago) for name, state, ago in story))
    here.turn()
    assert {one.subject.rpartition("cpu-")[2]: one.state for one in every(there)} == {
        "a": State.OVER,
        "b": State.OVER,
        "c": State.OPEN,
    }
    assert letters(there, "trouble") == ["trouble:1", "trouble:2", "trouble:3"]
    assert asked(there) == [f"ec2 stop {INSTANCE}"], "for the one that is not over"


def test_out_of_order_the_end_state_is_right_and_nothing_is_lost(there: House) -> None:
    here = post(there)
    for state, ago in [("OK", 1), ("ALARM", 9), ("ALARM", 3), ("OK", 5)]:
        here.box.send(here.alarm("web", state, minutes=ago))
        here.turn()
    assert here.states() == ["over"]
    assert letters(there, "trouble") == ["trouble:1"]
    assert len(outcomes(there)) == 4


def test_what_comes_again_since_its_visibility_passed_changes_nothing(there: House) -> None:
    here = post(there)
    here.box.send(here.alarm())
    (held,) = here.box.held
    here.turn()
    here.box.held = [held]  # deleted too late: it was on its way again
    there.time.pass_(seconds=HIDDEN + 1)
    here.turn()
    assert (outcomes(there), here.box.held) == ([Outcome.TOLD], [])


def test_a_deletion_that_fails_lets_it_come_again_and_be_known(there: House) -> None:
    here = post(there)
    here.box.send(here.alarm())
    here.box.away = {"delete"}
    with pytest.raises(AwsError):
        here.turn()
    here.box.away = ()
    there.time.pass_(seconds=HIDDEN + 1)
    here.turn()
    assert (outcomes(there), here.box.held) == ([Outcome.TOLD], [])
    assert letters(there, "trouble") == ["trouble:1"]


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
    assert len(letters(there, "notice")) == 4, "one for each kind of reason"


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
