"""Which steps share a call, which wait, and which can never be made any more."""

from dataclasses import replace

from bot.flow.choose import calls_of, compare
from bot.operation import StepRow
from tests.bot.flow.rows import actions, row, step


def calls(rows: list[StepRow], most: int = 2) -> list[str]:
    return ["".join(one.step.key for one in batch) for batch in calls_of(rows, actions(most))]


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


def test_a_way_back_shares_no_call_with_what_may_be_cancelled() -> None:
    rows = [row(step("a")), row(replace(step("b"), undoes="z")), row(step("c"))]
    assert calls(rows, most=10) == ["ac", "b"]


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


def test_a_way_back_is_called_whatever_was_there_before() -> None:
    one = row(replace(step("a"), undoes="z"))
    assert compare([one], {"a": (("state", "pending"),)}).as_planned == (one,)
