"""An instance is stopped and started again by a toban that is killed at any commit and request.

The kill points are counted in an undisturbed life, and some or all of them taken (`points`).
In the end the instance runs, whoever ended it and when.
"""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from aws import instance
from aws.account import Place
from bot.operation import ENDS, StepState
from bot.plan import Step
from commands.changes import break_instance
from playground.aws.server import LocalAws
from tests.house import House, clients_of, house
from tests.scenarios.conftest import ACCOUNT, DEV, TOKYO, run_instances
from tests.scenarios.dies import Death
from tests.scenarios.pairs import LINE, Pair
from tests.scenarios.points import some_of
from tests.scenarios.test_faults_killed import LASTS, ORDERS, Fault, Lives

MOMENT = 0.05  # seconds of the clock on the wall: that of the house goes much faster
HERE = Place(DEV.name, TOKYO)


def of_instance(aws: LocalAws) -> Fault:
    """Two that run; stopping one takes a moment, during which EC2 starts none."""
    keys = run_instances(aws, 2, {"toban:chaos": "allowed"})
    aws.control.instances_take(start=0, stop=MOMENT)
    for key in keys:
        aws.backend("ec2", ACCOUNT, TOKYO).get_instance(key).launch_time -= timedelta(hours=1)
    clients = clients_of([DEV])
    found = {one.id: one for one in instance.find(clients.ec2(HERE), ids=keys)}
    clients.close()

    def steps() -> Sequence[Step]:
        stop = break_instance.stopping(HERE, found[keys[0]])
        return stop, break_instance.starting(stop, LASTS)

    def shows() -> object:
        aws.control.settle()
        return [_fields(aws, one) for one in keys]

    pair = Pair(steps, (break_instance.STOP_INSTANCE, break_instance.START_INSTANCE))
    return Fault(pair, shows, lambda: "running" not in str(shows()))


def _fields(aws: LocalAws, key: str) -> tuple[str, str, str]:
    one = aws.backend("ec2", ACCOUNT, TOKYO).get_instance(key)
    return one.state, one.instance_type, one.subnet_id


@pytest.fixture
def death(monkeypatch: pytest.MonkeyPatch) -> Death:
    made = Death()
    made.waits_on_the_wire(monkeypatch)
    return made


@pytest.mark.timeout(300)
@pytest.mark.parametrize("order", ORDERS)
def test_killed_at_any_moment_it_runs_again(
    order: str, local_aws: LocalAws, tmp_path: Path, death: Death
) -> None:
    before_death, after_it = ORDERS[order]
    points = Lives(tmp_path / "undisturbed", of_instance(local_aws), death).live(before_death)
    assert points >= 10
    for die_at in some_of(points, 3, order):
        local_aws.reset()
        fault = of_instance(local_aws)
        as_before = fault.shows()
        lives = Lives(tmp_path / f"dies-{die_at}", fault, death)
        lives.live(before_death, die_at=die_at)
        lives.live(after_it)
        assert fault.shows() == as_before, die_at
        with house(lives.folder, [DEV], time=lives.time) as there:
            assert there.operation(1).state in ENDS, (die_at, there.steps(1))
            failed = [row.step for row in there.steps(1) if row.state is StepState.FAILED]
            assert not [step for step in failed if step.undoes], die_at


def test_it_is_stopped_meanwhile(local_aws: LocalAws, tmp_path: Path, death: Death) -> None:
    fault = of_instance(local_aws)
    before, lives = fault.shows(), Lives(tmp_path / "one", fault, death)

    def until_stopped(there: House) -> None:
        there.ask(LINE, key="the-drill")
        there.work(passing=5, turns=2)

    lives.live(until_stopped)
    local_aws.control.advance(MOMENT)
    assert "stopped" in str(fault.shows())
    lives.live(lambda there: there.work(passing=20, turns=8))
    assert fault.shows() == before
