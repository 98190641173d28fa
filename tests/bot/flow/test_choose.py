"""Which steps share a call, which wait, and which can never be made any more."""

import pytest

from bot.flow.choose import choose, compare
from bot.operation import StepRow, StepState
from tests.bot.flow.rows import actions, row, step


def calls(rows: list[StepRow], states: dict[str, StepState] | None = None, most: int = 2) -> list[str]:
    every = {one.step.key: StepState.PLANNED for one in rows} | (states or {})
    chosen = choose(rows, every, actions(most))
    return ["".join(one.step.key for one in batch) for batch in chosen.batches]


def test_a_call_carries_as_many_as_its_action_takes() -> None:
    assert calls([row(step(key)) for key in "abcde"], most=2) == ["ab", "cd", "e"]


def test_a_group_is_one_call_however_many_there_are() -> None:
    """CreateSnapshots: all volumes of an instance at one moment."""
    assert calls([row(step(key, group="i-1")) for key in "abcd"], most=1) == ["abcd"]


def test_a_call_goes_to_one_place() -> None:
    rows = [row(step("a")), row(step("b", region="us-east-1")), row(step("c"))]
    assert calls(rows, most=10) == ["ac", "b"]


def test_what_a_refused_call_was_cut_into_stays_small() -> None:
    rows = [row(step(key), chunk=2) for key in "abcd"] + [row(step("e"))]
    assert calls(rows, most=10) == ["ab", "cd", "e"]


@pytest.mark.parametrize("state", [StepState.PLANNED, StepState.SENT, StepState.AWAITING])
def test_a_step_waits_for_what_it_needs(state: StepState) -> None:
    assert calls([row(step("b", needs=("a",)))], {"a": state}) == []


def test_a_step_is_made_when_what_it_needs_is_done() -> None:
    assert calls([row(step("b", needs=("a",)))], {"a": StepState.DONE}) == ["b"]


@pytest.mark.parametrize("state", [StepState.FAILED, StepState.SKIPPED, StepState.UNKNOWN])
def test_a_step_is_given_up_when_what_it_needs_did_not_come_about(state: StepState) -> None:
    """Nothing is deleted whose replacement is not complete."""
    needy = row(step("b", needs=("a",)))
    chosen = choose([needy], {"a": state}, actions())
    assert chosen.batches == ()
    ((given_up, why),) = chosen.broken
    assert (given_up, str(why)) == (needy, "not done, since a was not done")


def test_what_aws_shows_as_planned_is_called() -> None:
    one = row(step("a"))
    assert compare([one], {"a": (("state", "running"),)}).as_planned == (one,)


def test_what_is_so_already_needs_no_call() -> None:
    one = row(step("a"))
    assert compare([one], {"a": (("state", "stopped"),)}).already == (one,)


def test_what_changed_since_the_plan_is_refused_with_the_difference() -> None:
    ((_, why),) = compare([row(step("a"))], {"a": (("state", "terminated"),)}).different
    assert str(why) == "changed since the plan: state is terminated, it was running"


def test_what_is_gone_is_refused() -> None:
    ((_, why),) = compare([row(step("a"))], {}).different
    assert str(why) == "a does not exist any more"


def test_only_declared_fields_are_compared() -> None:
    """A tag that somebody edited does not void an approval."""
    one = row(step("a"))
    assert compare([one], {"a": (("owner", "x"), ("state", "running"))}).as_planned == (one,)
