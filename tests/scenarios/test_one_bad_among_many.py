"""One bad instance never blocks the others: 500 are started, and for one there is no capacity."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from aws.account import AccountConfig
from bot.operation import State, StepState
from playground.aws.stub.changes import NONE_LEFT
from playground.aws.stub.place import Place
from playground.aws.stub.server import StubAws
from playground.aws.stub.size import Size
from tests.house import APPROVER, House, house

ACCOUNT, TOKYO = "123456789012", "ap-northeast-1"
MANY = 500
BISECTING = 2 * 8 + 1  # calls that find one among the 200 of a call


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> Iterator[StubAws]:
    with StubAws(Size(instances=MANY)) as running:
        monkeypatch.setenv("AWS_ENDPOINT_URL", running.url)
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", f"AKIA{ACCOUNT}")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "local")
        yield running


@contextmanager
def stopped(stub: StubAws, folder: Path) -> Iterator[tuple[House, Place]]:
    """A house, and its one place, where everything is stopped."""
    place = stub.state.place(ACCOUNT, TOKYO)
    for row in place.instances.rows.values():
        place.instances.change(row, {"instance-state-name": "stopped"})
    with house(folder, [AccountConfig("dev", ACCOUNT, (TOKYO,))]) as there:
        yield there, place


def states(there: House, number: int) -> Counter[str]:
    return Counter(row.state for row in there.steps(number))


def test_all_but_one_run_and_the_one_is_reported(stub: StubAws, tmp_path: Path) -> None:
    with stopped(stub, tmp_path) as (there, place):
        *_, bad = place.instances.rows.values()
        place.instances.change(bad, {"instance-type": NONE_LEFT})
        number = there.asked("/ec2 start all --within 2m")
        there.click(number, APPROVER)
        there.work(passing=20, turns=2)
        assert states(there, number) == {StepState.DONE: MANY - 1, StepState.PLANNED: 1}
        assert stub.state.calls["StartInstances"] <= 3 + BISECTING
        there.work(passing=60, turns=5)
        failed = [row for row in there.steps(number) if row.state is StepState.FAILED]
        assert [row.step.target.id for row in failed] == [bad.id]
        assert states(there, number) == {StepState.DONE: MANY - 1, StepState.FAILED: 1}
        assert there.operation(number).state is State.PARTLY
