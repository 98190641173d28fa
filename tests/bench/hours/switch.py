"""500 instances stopped and started by their tag, beside a plain script; and one by one by the AWS CLI."""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from commands.changes.start_instances import START
from commands.changes.stop_instances import STOP
from tests.bench import environment
from tests.bench.child import child
from tests.bench.figure import Figure, times
from tests.bench.spread import median
from tests.bench.stub import Stub, stub

MEANT = 500
ENV = "dev"  # which half of the stub's instances are
ROUNDS = 5  # of each side, in turn
PAGE, FILTER, CHECKS = 1000, 200, 100  # rows, values of a filter, ids in one DescribeInstanceStatus
BY_CLI = 20
WHERE = f"tag:env={ENV} --account dev --region {environment.REGIONS[0]}"


@dataclass(frozen=True, slots=True)
class Spent:
    """What a stop and a start took together."""

    cpu: float  # seconds, user and system
    wall: float  # seconds
    calls: Mapping[str, int]  # by action

    @property
    def called(self) -> int:
        """All calls of EC2; a role is assumed once a process."""
        return sum(count for action, count in self.calls.items() if action != "AssumeRole")


def measure() -> Sequence[Figure]:
    """Without latency, from buckets that never run dry; imports and clients are not in the CPU."""
    with stub(2 * MEANT) as aws:
        pairs = [(_toban(aws), _script(aws)) for _ in range(ROUNDS)]
        cli = _by_cli(aws)
    toban, script = zip(*pairs, strict=True)
    called = max(one.called for one in toban)
    cpu, reference = (median([one.cpu for one in side]) for side in (toban, script))
    name = f"calls to stop and start {MEANT} instances"
    return [
        times(name, called, least(MEANT), 1.1, unit="", of="least"),
        times(f"CPU to stop and start {MEANT} instances", cpu, reference, 1.3, unit="s", of="plain script"),
        *_beside_cli(median([one.wall for one in toban]), cli),
    ]


def least(instances: int) -> int:
    """The fewest calls: the pages, one look just before, the changes, and one look at what came of them."""
    pages, looks, checks = (-(-instances // most) for most in (PAGE, FILTER, CHECKS))
    stops, starts = (-(-instances // action.most) for action in (STOP, START))
    return (pages + looks + stops + looks) + (pages + looks + starts + checks)


def _toban(aws: Stub) -> Spent:
    aws.reset()
    with tempfile.TemporaryDirectory() as folder:
        lines = f"/ec2 stop {WHERE}", f"/ec2 start {WHERE}"
        return _run(aws, "tests.bench.children.toban_switch", folder, aws.url, *lines)


def _script(aws: Stub) -> Spent:
    aws.reset()
    return _run(aws, "tests.bench.children.script_switch", ENV, str(STOP.most))


def _run(aws: Stub, *module: str) -> Spent:
    with child(*module, environment=environment.aws(aws.url, environment.DEV)) as process:
        told = process.says()
    assert [one["steps"] for one in told] == [{"done": MEANT}] * 2, told
    cpu, wall = (sum(one[what] for one in told) for what in ("cpu", "wall"))
    return Spent(cpu, wall, aws.calls())


def _beside_cli(wall: float, cli: float | None) -> list[Figure]:
    """All of toban's, from the ask to the end, beside a few by the shell; nothing without an AWS CLI."""
    if cli is None:
        sys.stderr.write(f"not measured: {BY_CLI} instances one by one, for there is no AWS CLI\n")
        return []
    name = f"time to stop and start {MEANT} instances"
    return [Figure(name, wall, cli, "s", reference=cli, of=f"AWS CLI, {BY_CLI} one by one")]


def _by_cli(aws: Stub) -> float | None:
    """Seconds to stop and start some, one instance and one process after the other."""
    cli = shutil.which("aws")
    if cli is None:
        return None
    aws.reset()
    settings = environment.aws(aws.url, environment.DEV)

    def run(*words: str) -> str:
        done = subprocess.run([cli, "ec2", *words], env=settings, capture_output=True, text=True, check=True)
        return done.stdout

    begun = time.monotonic()
    query = "Reservations[].Instances[].InstanceId"
    ids = run("describe-instances", "--query", query, "--output", "text").split()
    for one in ids[:BY_CLI]:
        run("stop-instances", "--instance-ids", one)
        run("start-instances", "--instance-ids", one)
    return time.monotonic() - begun
