"""The third door: what lies in a queue is taken in once, whatever happens meanwhile."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from aws.account import AccountConfig
from aws.errors import AwsError
from bot.store.events import Outcome
from bot.trouble import State
from jobs.inbox import HIDDEN
from playground.aws import saying
from tests.aws.certificates import notification, sign
from tests.happened import INSTANCE, asked, every, letters, outcomes
from tests.house import House, house
from tests.jobs.post import ACCOUNT, ACTING, REST, post


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
