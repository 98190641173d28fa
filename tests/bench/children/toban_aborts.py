"""toban runs small failure tests that are aborted while AWS throttles half of all calls; prints how late.

Two big operations keep both workers busy meanwhile.  Each failure test cuts one subnet of an account of its
own off.  Late is the time from the committed abort to AWS having accepted the last of its ways back.

Arguments: a folder for the database; how many rounds.
"""

import json
import os
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aws.account import AccountConfig
from bot.bell import Bell
from bot.command import Action, Batch, Called, World
from bot.drill_desk import DrillDesk
from bot.engine import Engine
from bot.flow.receive import Accepted
from bot.house import CALLS
from bot.operation import ENDS
from bot.probe import Kind, Probe, Sample
from commands.failover import _drill
from jobs.drills.drills import Drills
from playground.aws.faults import Fault
from playground.aws.faults import Kind as Fails
from playground.aws.server import LocalAws
from tests.bench import environment
from tests.house import House, Time, house

TOKYO = "ap-northeast-1"
SIDE_BY_SIDE = 10  # failure tests in a round
APART = 1.0  # seconds between two aborts
INSTANCES = 120  # of a big operation
SLOW = 1.0  # seconds that each of its calls takes
OWN = tuple(one.name for one in _drill.ACTIONS)
SHOP = Probe("shop", Kind.HTTP, "http://127.0.0.1:1/")


class Wall(Time):
    """The clock on the wall."""

    def __call__(self) -> datetime:
        return datetime.now(UTC)


class AllWell:
    """Answers for each probe twice a second."""

    def __init__(self, probes: Sequence[Probe], take: Callable[[Sample], None]) -> None:
        self._probes, self._take, self._over = probes, take, threading.Event()

    def start(self) -> None:
        threading.Thread(target=self._serve, daemon=True).start()

    def stop(self) -> None:
        self._over.set()

    def _serve(self) -> None:
        while not self._over.wait(0.5):
            for sample in once(self._probes):
                self._take(sample)


def once(probes: Sequence[Probe]) -> list[Sample]:
    """All are well."""
    return [Sample(one.name, datetime.now(UTC), 0.01) for one in probes]


def main() -> None:
    """Rounds of failure tests, each aborted a moment after the other."""
    environment.clean()
    folder, rounds = Path(sys.argv[1]), int(sys.argv[2])
    small = [_account(f"small-{n}", 100 + n) for n in range(SIDE_BY_SIDE)]
    big = [_account(f"big-{n}", 200 + n) for n in range(2)]
    late: list[float] = []
    with LocalAws() as aws:
        os.environ |= aws.environment()
        vpcs = {one.name: _subnets(aws, one.id) for one in small}
        for one in big:
            _instances(aws, one.id)
        accepted: dict[int, float] = {}
        with _open(folder, [*small, *big], accepted) as there, _busy(there, big):
            for _ in range(rounds):
                late += _round(there, aws, vpcs, accepted)
            sys.stdout.write(json.dumps({"late": late}) + "\n")
            sys.stdout.flush()
            os._exit(0)  # the big operations need not end


def _account(name: str, number: int) -> AccountConfig:
    id_ = f"{number:012d}"
    return AccountConfig(name, id_, (TOKYO,), role_arn=f"arn:aws:iam::{id_}:role/toban")


def _subnets(aws: LocalAws, account: str) -> str:
    """A VPC with one subnet in the zone; its id."""
    ec2 = aws.client("ec2", account=account, region=TOKYO)
    vpc = str(ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"])
    tags = [{"Key": "toban:chaos", "Value": "allowed"}]
    ec2.create_subnet(
        VpcId=vpc,
        CidrBlock="10.0.0.0/24",
        AvailabilityZone=f"{TOKYO}a",
        TagSpecifications=[{"ResourceType": "subnet", "Tags": tags}],
    )
    return vpc


def _instances(aws: LocalAws, account: str) -> None:
    ec2 = aws.client("ec2", account=account, region=TOKYO)
    ec2.run_instances(ImageId="ami-12c6146b", MinCount=INSTANCES, MaxCount=INSTANCES)
    for action in ("StopInstances", "StartInstances"):
        aws.control.order(Fault(Fails.LATENCY, action=action, account=account, seconds=SLOW))


@contextmanager
def _open(folder: Path, accounts: Sequence[AccountConfig], accepted: dict[int, float]) -> Any:
    """The house at work: engine, watcher, as many threads for calls as toban has."""
    drills = lambda db: DrillDesk(db, {"shop": SHOP}, once)  # noqa: E731
    with house(folder, accounts, time=Wall(), drills=drills) as at_home:
        bell = Bell()
        path = replace(
            at_home.path,
            actions=_noted(at_home.path.actions, accepted),
            calls=ThreadPoolExecutor(CALLS, "call"),
            ring=bell.ring,
        )
        there = House(path, Engine(path, bell), at_home.time)
        watcher = Drills(path, AllWell)
        there.engine.start()
        watcher.start()
        yield there


def _noted(actions: Mapping[str, Action], accepted: dict[int, float]) -> dict[str, Action]:
    """The same, and when AWS accepted the newest way back of each operation."""

    def noting(action: Action) -> Action:
        def call(world: World, batch: Batch) -> Called:
            called = action.call(world, batch)
            if action.name not in OWN and any(one.undoes for one in batch.steps):
                accepted[batch.operation] = time.monotonic()
            return called

        most = 2 if action.name in ("ec2.stop", "ec2.start") else action.most
        return replace(action, call=call, most=most)

    return {name: noting(action) for name, action in actions.items()}


@contextmanager
def _busy(there: House, accounts: Sequence[AccountConfig]) -> Any:
    """In each of these accounts everything is stopped and started, again and again."""
    over = threading.Event()

    def work(account: str) -> None:
        verb = 0
        while not over.is_set():
            number = _ask(there, f"/ec2 {('stop', 'start')[verb]} all --account {account}")
            verb = 1 - verb
            while there.operation(number).state not in ENDS and not over.wait(0.2):
                pass

    for one in accounts:
        threading.Thread(target=work, args=(one.name,), daemon=True).start()
    try:
        yield
    finally:
        over.set()


def _ask(there: House, line: str) -> int:
    received = there.ask(line, key=os.urandom(8).hex())
    assert isinstance(received, Accepted), received
    return received.number


def _round(there: House, aws: LocalAws, vpcs: Mapping[str, str], accepted: dict[int, float]) -> list[float]:
    """Each account's zone is cut off, AWS begins to throttle, and one after the other is aborted."""
    numbers = [
        _ask(
            there,
            f"/failover run zone {TOKYO}a --vpc {vpc} --account {name} --for 10m --before 3s --after 5s",
        )
        for name, vpc in vpcs.items()
    ]
    _until(lambda: all(_is_in(there, one) for one in numbers))
    throttles = aws.control.order(Fault(Fails.THROTTLE, share=0.5))
    aborted = {}
    for one in numbers:
        there.cancel(one)
        aborted[one] = time.monotonic()
        time.sleep(APART)
    _until(lambda: all(there.operation(one).state in ENDS for one in numbers))
    _until(lambda: not there.path.drills.find(open_only=True))  # there is one at a time in an account
    aws.control.clear(throttles)
    return [accepted[one] - aborted[one] for one in numbers]


def _is_in(there: House, number: int) -> bool:
    """Whether the subnet is cut off."""
    states = {row.step.action: row.state.value for row in there.steps(number)}
    assert there.operation(number).state not in ENDS, [str(row.reason) for row in there.steps(number)]
    return states.get("failover.cut-subnet") == "done"


def _until(so: Callable[[], bool]) -> None:
    """Raises AssertionError when it is not so after four minutes."""
    patience = time.monotonic() + 240
    while not so():
        assert time.monotonic() < patience, "it is never so"
        time.sleep(0.1)


if __name__ == "__main__":
    main()
