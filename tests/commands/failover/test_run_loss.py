"""/failover run loss: instances lose a share of what they send; the rest is as with /failover run latency."""

import pytest

from bot.arguments import UsageError
from bot.operation import StepState
from commands.failover.run_loss import share
from tests.commands.desk import Desk

TAGS = {"service": "web", "toban:chaos": "allowed"}


def test_they_lose_a_share_of_what_they_send_for_a_while(lab: Desk) -> None:
    (one,) = lab.run(1, **TAGS)
    number = lab.see_through("/failover run loss tag:service=web --loss 10% --port 80 --for 1m", turns=3)
    spoilt = lab.local.control.spoilt(one)
    assert spoilt is not None
    assert (spoilt.loss, spoilt.port, spoilt.delay_ms) == (0.1, 80, 0)
    lab.house.work(passing=20, turns=6)
    assert lab.local.control.spoilt(one) is None
    assert {row.state for row in lab.house.steps(number)} == {StepState.DONE}


def test_the_plan_says_how_much_of_how_many(lab: Desk) -> None:
    lab.run(2, **TAGS)
    plan = lab.plan("/failover run loss tag:service=web --loss 100%")
    assert str(plan.summary) == "a failure test: 2 instances lose 100 % of what they send"


@pytest.mark.parametrize(("given", "percent"), [("10%", 10), ("10", 10), ("100 %", 100), ("5％", 5)])
def test_a_share_may_be_written_in_several_ways(given: str, percent: int) -> None:
    assert share(given) == percent


@pytest.mark.parametrize("given", ["0%", "101%", "ten", "-5%", "1.5%"])
def test_what_is_no_share_is_refused(lab: Desk, given: str) -> None:
    with pytest.raises(UsageError, match="a share from 1% to 100%"):
        lab.parse(f'/failover run loss all --loss "{given}"')
