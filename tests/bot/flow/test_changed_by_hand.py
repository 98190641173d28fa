"""Somebody writes into the database by hand, between the plan and its first call: nothing is carried out."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Table, insert, update

from bot.canonical import plan_hash, step_to_json
from bot.operation import State
from bot.people import Directory
from bot.plan import Plan
from bot.store.schema import approvals, asks, operations, steps
from bot.words import words
from tests.bot.flow.stage import Stage, act, staged
from tests.house import APPROVER, GROUPS, OPERATOR, OTHER, READER, House

MAY = """
@id("ask") permit (principal in Role::"operators", action, resource) unless { action == Action::"approve" };
@id("agree") permit (principal in Role::"approvers", action == Action::"approve", resource);
"""


@pytest.fixture
def stage() -> Stage:
    return Stage([(act("up"),)], approvals=1)


@pytest.fixture
def there(at_home: House, stage: Stage) -> Iterator[House]:
    with staged(at_home, stage, policy=MAY) as made:
        yield made


def by_hand(there: House, table: Table, number: int, **values: object) -> None:
    column = table.c.id if table in (operations, asks) else table.c.operation
    there.path.db.write(lambda tx: tx.execute(update(table).where(column == number).values(**values)))


def queue(there: House, number: int) -> None:
    by_hand(there, operations, number, state=State.QUEUED, wake=there.time())


def agree(there: House, number: int, person: str, seen: str = "") -> None:
    row = {"operation": number, "plan_hash": seen or there.operation(number).plan_hash, "person": person}
    row |= {"agrees": True, "reason": "", "at": there.time()}
    there.path.db.write(lambda tx: tx.execute(insert(approvals).values(row)))


def refused(there: House, number: int, stage: Stage) -> str:
    there.work(turns=2, passing=20)
    assert (there.operation(number).state, stage.called) == (State.REFUSED, [])
    return str(there.operation(number).reason)


def test_what_somebody_agreed_to_is_carried_out(there: House, stage: Stage) -> None:
    number = there.asked("/play run 1")
    there.click(number, APPROVER)
    there.work(turns=2, passing=20)
    assert (there.operation(number).state, stage.called) == (State.DONE, ["up"])


def test_what_is_queued_by_hand_lacks_its_approvals(there: House, stage: Stage) -> None:
    number = there.asked("/play run 1")
    queue(there, number)
    assert "fewer people have agreed" in refused(there, number, stage)


def test_needing_nobody_by_hand_does_not_help(there: House, stage: Stage) -> None:
    number = there.asked("/play run 1")
    by_hand(there, operations, number, needs=0)
    queue(there, number)
    assert "asks for more approvals" in refused(there, number, stage)


@pytest.mark.parametrize("person", [OPERATOR, OTHER, READER, "U0NOBODY"])
def test_an_approval_of_its_asker_or_of_who_may_not_agree_does_not_count(
    there: House, stage: Stage, person: str
) -> None:
    number = there.asked("/play run 1")
    agree(there, number, person)
    queue(there, number)
    assert "fewer people have agreed" in refused(there, number, stage)


def test_who_agreed_and_may_no_longer_does_not_count(there: House, stage: Stage) -> None:
    """Between the click and the first call somebody was taken out of the approvers."""
    number = there.asked("/play run 1")
    there.engine._claim(1)  # nobody works
    there.click(number, APPROVER)
    object.__setattr__(there.path, "people", Directory({**GROUPS, "approvers": ()}))
    assert "fewer people have agreed" in refused(there, number, stage)


def test_another_step_than_the_one_that_was_agreed_to_is_refused(there: House, stage: Stage) -> None:
    number = there.asked("/play run 1")
    there.click(number, APPROVER)
    by_hand(there, steps, number, body=step_to_json(act("down")), key="down", resource="down")
    assert refused(there, number, stage) == "the stored plan is not the one that was approved"


def test_another_line_than_the_one_that_was_agreed_to_is_refused(there: House, stage: Stage) -> None:
    stage.plans.append((act("down"),))
    number = there.asked("/play run 1")
    there.click(number, APPROVER)
    by_hand(there, asks, number, line="play run 2")
    assert refused(there, number, stage) == "the stored plan is not the one that was approved"


def test_another_plan_with_its_own_hash_was_agreed_to_by_nobody(there: House, stage: Stage) -> None:
    number = there.asked("/play run 1")
    there.click(number, APPROVER)
    other = Plan(words("play"), (act("down"),), approvals=1)
    by_hand(there, steps, number, body=step_to_json(act("down")), key="down", resource="down")
    by_hand(there, operations, number, plan_hash=plan_hash("play run 1", other))
    assert "fewer people have agreed" in refused(there, number, stage)


def test_an_approval_of_another_operations_plan_does_not_count(there: House, stage: Stage) -> None:
    """Its hash is another, since its line is."""
    stage.plans.append((act("down"),))
    first, second = there.asked("/play run 1"), there.asked("/play run 2")
    agree(there, second, APPROVER, there.operation(first).plan_hash)
    queue(there, second)
    assert "fewer people have agreed" in refused(there, second, stage)
