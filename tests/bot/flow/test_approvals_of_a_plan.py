"""A plan may want more people to agree than the policy asks of its steps, and never fewer."""

from bot.operation import State
from bot.policy.decision import no, yes
from bot.words import words
from tests.bot.flow.stage import Stage, act, staged
from tests.house import APPROVER, OTHER, READER, House


def test_a_plan_that_wants_two_people_begins_when_two_have_agreed(at_home: House) -> None:
    """Anybody may do anything here, at once."""
    stage = Stage([(act("up"),)], approvals=2)
    with staged(at_home, stage) as there:
        number = there.asked("/play run 1")
        assert (there.operation(number).state, there.operation(number).needs) == (State.WAITING, 2)
        there.click(number, APPROVER)
        there.work()
        assert (there.operation(number).state, stage.called) == (State.WAITING, [])
        there.click(number, OTHER)
        there.work(turns=2, passing=20)
        assert there.operation(number).state is State.DONE


def test_the_policy_may_ask_for_more_than_the_plan() -> None:
    assert yes(2, words("two"), ("rule",)).at_least(1).approvals == 2


def test_what_is_not_allowed_stays_so_whoever_agrees() -> None:
    assert no(words("never")).at_least(3) == no(words("never"))


def test_who_looks_beforehand_is_told_so(at_home: House) -> None:
    stage = Stage([(act("up"),)])
    with staged(at_home, stage) as there:
        rules = there.path.observer().rules
        (verb,) = there.path.verbs.values()
        ruling = rules.rule(verb, [act("up")], emergency=False, approvals=1)
        assert ruling.approvals == 1
        assert {APPROVER, OTHER} <= set(ruling.could_approve)
        assert READER not in ruling.could_approve
