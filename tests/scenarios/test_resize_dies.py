"""A resize whose new type has no capacity, by a toban that dies again and again: it ends as it was before."""

from collections.abc import Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import pytest

from bot.operation import ENDS, State, StepState
from playground.aws.server import LocalAws
from tests.house import APPROVER, House, Time, house
from tests.scenarios.conftest import ACCOUNT, DEV, TOKYO
from tests.scenarios.dies import Death, Killed
from tests.scenarios.instances_given import one_that_may_grow

AT_MOST = 60  # lives


@pytest.fixture
def death(monkeypatch: pytest.MonkeyPatch) -> Iterator[Death]:
    made = Death()
    made.waits_on_the_wire(monkeypatch)
    yield made
    made.come(0)


def a_life(folder: Path, time: Time, death: Death, after: int) -> State:
    """Work at what is due, and perhaps die at a commit or a request of it; returns where that led."""
    with ExitStack() as end:
        there = end.enter_context(house(folder, [DEV], time=time))
        death.waits_at_the_disk(there.path.db)
        death.come(after)
        try:
            there.work(passing=20)
        except Killed:
            assert death.came
    death.come(0)
    with house(folder, [DEV], time=time) as there:
        return there.operation(1).state


def ends(there: House) -> list[tuple[str, str]]:
    return [(row.step.action, row.state) for row in there.steps(1)]


@pytest.mark.parametrize("first", [3, 6])
def test_it_runs_again_as_what_it_was(first: int, local_aws: LocalAws, tmp_path: Path, death: Death) -> None:
    key, time = one_that_may_grow(local_aws), Time()
    instance = local_aws.backend("ec2", ACCOUNT, TOKYO).get_instance(key)
    scarce = local_aws.control.no_capacity(key)
    with house(tmp_path, [DEV], time=time) as there:
        there.click(there.asked(f"/ec2 resize {key} --to m5.xlarge --within 1m"), APPROVER)
    grown = False
    for life in count():
        assert life < AT_MOST, "it does not end"
        grown = grown or instance.instance_type == "m5.xlarge"
        if grown and instance.instance_type == "m5.large":
            local_aws.control.clear(scarce)
        if a_life(tmp_path, time, death, first + life // 2) in ENDS:
            break
    assert (grown, instance.instance_type, instance.state) == (True, "m5.large", "running")
    with house(tmp_path, [DEV], time=time) as there:
        ended = ends(there)
        assert ended.pop(2)[1] in {StepState.FAILED, StepState.UNKNOWN}  # killed at each of its calls
        assert ended == [
            (action, StepState.DONE) for action in ("ec2.stop", *2 * ("ec2.resize",), "ec2.start")
        ]
        assert there.operation(1).state in {State.PARTLY, State.UNKNOWN}
