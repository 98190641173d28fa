"""/failover abort: whoever may ask anything ends a failure test, and all is put back at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from aws.account import AccountConfig
from bot.operation import State, StepState
from tests.bot.flow.crowd import HERE
from tests.house import READER, House, house
from tests.jobs.drills.rehearsal import Rehearsal, rehearsal


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Rehearsal]:
    config = AccountConfig(HERE.account, "123456789012", (HERE.region,))
    with house(tmp_path, [config]) as at_home, rehearsal(at_home) as made:
        yield made


def said(there: House, number: int) -> str:
    """How its plan, or its refusal, reads."""
    operation = there.operation(number)
    return str(operation.plan.summary if operation.plan else operation.reason)


def test_all_that_is_broken_is_put_back_at_once(there: Rehearsal) -> None:
    number = there.begin()
    there.second(10)
    assert there.out
    there.house.asked(f"/failover abort {number}", READER)
    there.house.work()
    assert not there.out


def test_without_a_number_it_is_the_one_that_is_under_way(there: Rehearsal) -> None:
    number = there.begin()
    there.second(10)
    aborted = there.house.asked("/failover abort", READER)
    there.house.work()
    assert f"end #{number} now" in said(there.house, aborted)
    assert not there.out


def test_while_none_is_under_way_it_says_so(there: Rehearsal) -> None:
    assert said(there.house, there.house.asked("/failover abort")) == "No failure test is under way."


def test_what_is_no_failure_test_is_left_alone(there: Rehearsal) -> None:
    number = there.begin()
    there.second(2)
    other = there.house.asked("/failover abort")
    assert said(there.house, there.house.asked(f"/failover abort {other}")) == f"#{other} is no failure test."
    assert there.house.operation(number).cancelled_by


def test_one_that_is_over_says_how_it_ended(there: Rehearsal) -> None:
    number = there.begin()
    there.second(60)
    assert there.house.operation(number).state is State.DONE
    assert (
        said(there.house, there.house.asked(f"/failover abort {number}"))
        == f"#{number} has ended already: done."
    )


def test_aborted_before_it_began_it_breaks_nothing(there: Rehearsal) -> None:
    number = there.begin()
    there.second(2)
    there.house.asked("/failover abort")
    there.second(20)
    assert there.called == []
    states = {row.step.key: row.state for row in there.house.steps(number)}
    assert states["out-0"] is StepState.SKIPPED
