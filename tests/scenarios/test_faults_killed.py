"""A fault, by a toban that is killed at any commit and request: in the end all is as before.

The kill points are counted in an undisturbed life, and some or all of them taken (`points`).
The local AWS's clock stands still, so that no timer on an instance helps; and once it is the timer alone.
"""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from aws.tags import Tags
from bot.operation import ENDS, State, StepState
from bot.plan import Resource, Step
from commands.changes import deny_bucket, shape_traffic
from commands.changes.traffic_script import Shape
from playground.aws.server import LocalAws
from tests.house import House, Time, house
from tests.scenarios.conftest import ACCOUNT, DEV, TOKYO, run_instances
from tests.scenarios.dies import Death, Killed
from tests.scenarios.pairs import LINE, Pair, paired
from tests.scenarios.points import some_of

LASTS = timedelta(minutes=1)
ROLE = f"arn:aws:iam::{ACCOUNT}:role/shop"
OLD = (
    '{"Version": "2012-10-17",  "Statement": {"Effect": "Allow", "Principal": {"AWS": "111122223333"},'
    ' "Action": ["s3:GetObject"], "Resource": "arn:aws:s3:::shop-files/*"}}'
)
FAR = 10**6  # commits and requests: nobody lives so long


@dataclass(frozen=True)
class Fault:
    """What is broken, how its state reads, and whether it is broken now."""

    pair: Pair
    shows: Callable[[], object]
    is_broken: Callable[[], bool]


def of_traffic(aws: LocalAws) -> Fault:
    ids = run_instances(aws, 2, {"toban:chaos": "allowed"})
    targets = [Resource(DEV.name, TOKYO, "instance", one) for one in ids]

    def steps() -> Sequence[Step]:
        cut = [shape_traffic.shaping(one, Shape(delay_ms=200), timedelta(minutes=5)) for one in targets]
        return (*cut, *(shape_traffic.freeing(one, LASTS) for one in cut))

    def shows() -> object:
        return [aws.control.spoilt(one) for one in ids]

    pair = Pair(steps, (shape_traffic.SHAPE, shape_traffic.RELEASE))
    return Fault(pair, shows, lambda: any(one is not None for one in map(aws.control.spoilt, ids)))


def of_bucket(aws: LocalAws, policy: str = OLD) -> Fault:
    s3 = client(aws)
    s3.create_bucket(Bucket="shop-files", CreateBucketConfiguration={"LocationConstraint": TOKYO})
    if policy:
        s3.put_bucket_policy(Bucket="shop-files", Policy=policy)
    target = Resource(DEV.name, TOKYO, "bucket", "shop-files", "", Tags().pairs)

    def steps() -> Sequence[Step]:
        denied = deny_bucket.denying(target, ROLE, policy)
        return denied, deny_bucket.allowing(denied, policy, LASTS)

    pair = Pair(steps, (deny_bucket.DENY, deny_bucket.ALLOW))
    return Fault(pair, lambda: policy_of(aws), lambda: ROLE in policy_of(aws))


def of_bare_bucket(aws: LocalAws) -> Fault:
    return of_bucket(aws, "")


def client(aws: LocalAws) -> Any:
    return aws.client("s3", account=ACCOUNT, region=TOKYO)


def policy_of(aws: LocalAws) -> str:
    found = aws.backend("s3", ACCOUNT, "aws").buckets["shop-files"].policy
    return found.decode() if isinstance(found, bytes) else found or ""


FAULTS = {"traffic": of_traffic, "bucket": of_bucket, "bare bucket": of_bare_bucket}


@pytest.fixture
def death(monkeypatch: pytest.MonkeyPatch) -> Death:
    made = Death()
    made.waits_on_the_wire(monkeypatch)
    return made


class Lives:
    """One after the other, over the same database."""

    def __init__(self, folder: Path, fault: Fault, death: Death) -> None:
        folder.mkdir()
        self.folder, self.fault, self.death, self.time = folder, fault, death, Time()

    def live(self, story: Callable[[House], object], *, die_at: int = FAR) -> int:
        """Open the house and let the story happen, until death comes; returns how many points it passed."""
        with ExitStack() as end:
            at_home = end.enter_context(house(self.folder, [DEV], time=self.time))
            there = end.enter_context(paired(at_home, self.fault.pair))
            self.death.waits_at_the_disk(there.path.db)
            self.death.come(die_at)
            try:
                story(there)
            except Killed:
                assert self.death.came
            passed = die_at - self.death._left
            self.death.come(0)
        return passed


def whole(there: House) -> None:
    """Break it, and wait until it is put back."""
    there.ask(LINE, key="the-drill")
    there.work(passing=5, turns=30)


def ended_early(there: House) -> None:
    """Break it, and end it by hand after a few seconds."""
    there.ask(LINE, key="the-drill")
    there.work(passing=2, turns=4)
    there.cancel(there.number_of("the-drill"))
    there.work(passing=2, turns=12)


def restarted(there: House) -> None:
    """Somebody asks once more, as Slack may; the rest goes on by itself."""
    there.ask(LINE, key="the-drill")
    there.work(passing=20, turns=12)


def restarted_and_ended(there: House) -> None:
    """The first thing after the restart is that somebody ends it."""
    there.ask(LINE, key="the-drill")
    there.cancel(there.number_of("the-drill"))
    there.work(passing=2, turns=10)
    there.work(passing=20, turns=6)


ORDERS = {
    "its moment comes": (whole, restarted),
    "ended by hand": (ended_early, restarted),
    "ended after the restart": (whole, restarted_and_ended),
}


@pytest.mark.timeout(300)
@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("kind", FAULTS)
def test_killed_at_any_moment_all_is_as_before(
    kind: str, order: str, local_aws: LocalAws, tmp_path: Path, death: Death
) -> None:
    before_death, after_it = ORDERS[order]
    undisturbed = Lives(tmp_path / "undisturbed", FAULTS[kind](local_aws), death)
    points = undisturbed.live(before_death)
    assert points >= 10
    for die_at in some_of(points, 3, kind, order):
        local_aws.reset()
        fault = FAULTS[kind](local_aws)
        as_before = fault.shows()
        lives = Lives(tmp_path / f"dies-{die_at}", fault, death)
        lives.live(before_death, die_at=die_at)
        lives.live(after_it)
        assert fault.shows() == as_before, die_at
        with house(lives.folder, [DEV], time=lives.time) as there:
            assert there.operation(1).state in ENDS, die_at
            failed = [row.step for row in there.steps(1) if row.state is StepState.FAILED]
            assert not [step for step in failed if step.undoes], die_at
            assert not failed or "ended" in order, die_at  # it was undone while it came


@pytest.mark.parametrize("kind", FAULTS)
def test_it_is_broken_meanwhile(kind: str, local_aws: LocalAws, tmp_path: Path, death: Death) -> None:
    fault = FAULTS[kind](local_aws)
    before, lives = fault.shows(), Lives(tmp_path / "one", fault, death)

    def until_broken(there: House) -> None:
        there.ask(LINE, key="the-drill")
        there.work(passing=5, turns=4)

    lives.live(until_broken)
    assert fault.is_broken()
    lives.live(lambda there: there.work(passing=20, turns=8))
    assert fault.shows() == before
    with house(lives.folder, [DEV], time=lives.time) as there:
        assert there.operation(1).state is State.DONE


def test_no_command_is_sent_twice_to_break_something(
    local_aws: LocalAws, tmp_path: Path, death: Death
) -> None:
    points = Lives(tmp_path / "undisturbed", of_traffic(local_aws), death).live(whole)
    for die_at in some_of(points, 8, "no command twice"):
        local_aws.reset()
        lives = Lives(tmp_path / f"dies-{die_at}", of_traffic(local_aws), death)
        lives.live(whole, die_at=die_at)
        lives.live(restarted)
        sent = [one for one in local_aws.control.commands_sent() if "netem" in str(one.parameters)]
        assert len(sent) == len({one.instance_ids for one in sent}), die_at


def test_on_an_instance_it_ends_though_toban_never_comes_back(
    local_aws: LocalAws, tmp_path: Path, death: Death
) -> None:
    fault = of_traffic(local_aws)
    before = fault.shows()

    def until_broken(there: House) -> None:
        there.ask(LINE, key="the-drill")
        there.work(passing=5, turns=4)

    Lives(tmp_path / "one", fault, death).live(until_broken)
    assert fault.is_broken()
    local_aws.control.advance(300)
    assert fault.shows() == before
