"""Somebody makes up a click: for another plan, another operation, with a key or a hash of somebody else's."""

from collections.abc import Iterator

import pytest

from bot.flow import decide
from bot.flow.decide import Click
from bot.operation import Asker, State
from bot.words import Words
from tests.bot.flow.stage import Stage, act, staged
from tests.house import APPROVER, CHANNEL, OPERATOR, OTHER, House


@pytest.fixture
def stage() -> Stage:
    return Stage([(act("up"),), (act("down"),)], approvals=2)


@pytest.fixture
def there(at_home: House, stage: Stage) -> Iterator[House]:
    with staged(at_home, stage) as made:
        yield made


def clicks(there: House, number: int, seen: str, person: str = APPROVER, key: str = "click") -> Words | None:
    asker = Asker(person, "T0TOBAN", CHANNEL)
    return decide.decide(there.path, Click(key, asker, number, seen, agrees=True))


def nothing_is_done(there: House, number: int, stage: Stage) -> None:
    there.work(turns=2, passing=20)
    assert (there.operation(number).state, stage.called) == (State.WAITING, [])


def test_the_hash_of_another_operations_plan_agrees_to_nothing(there: House, stage: Stage) -> None:
    first, second = there.asked("/play run 1"), there.asked("/play run 2")
    said = clicks(there, second, there.operation(first).plan_hash)
    assert "shows another plan by now" in str(said)
    nothing_is_done(there, second, stage)


@pytest.mark.parametrize("seen", ["", "drill", "0" * 64, "x" * 10_000])
def test_a_hash_that_is_made_up_agrees_to_nothing(there: House, stage: Stage, seen: str) -> None:
    number = there.asked("/play run 1")
    assert "shows another plan by now" in str(clicks(there, number, seen))
    nothing_is_done(there, number, stage)


def test_one_persons_second_click_is_no_second_person(there: House, stage: Stage) -> None:
    number = there.asked("/play run 1")
    seen = there.operation(number).plan_hash
    assert "1 of 2" in str(clicks(there, number, seen))
    assert "You have decided" in str(clicks(there, number, seen, key="another"))
    nothing_is_done(there, number, stage)


def test_a_click_that_was_recorded_and_is_sent_again_counts_once_whoever_sends_it(
    there: House, stage: Stage
) -> None:
    number = there.asked("/play run 1")
    seen = there.operation(number).plan_hash
    clicks(there, number, seen, key="recorded")
    assert clicks(there, number, seen, key="recorded") is None
    assert clicks(there, number, seen, OTHER, key="recorded") is None
    nothing_is_done(there, number, stage)


def test_who_asked_does_not_agree_however_often_they_ask(there: House, stage: Stage) -> None:
    number = there.asked("/play run 1")
    seen = there.operation(number).plan_hash
    assert "You asked for" in str(clicks(there, number, seen, OPERATOR))
    clicks(there, number, seen)
    assert "You asked for" in str(clicks(there, number, seen, OPERATOR, key="another"))
    nothing_is_done(there, number, stage)
