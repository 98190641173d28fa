"""Three replicas on one PostgreSQL beside one process on a file: how much, how soon, and at what cost."""

import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product
from pathlib import Path

from playground.slack.message import Message
from playground.slack.server import LocalSlack
from tests.bench import apps, environment, load
from tests.bench.figure import AT_LEAST, Figure
from tests.bench.replicas import crew
from tests.bench.replicas.crew import CHANNELS, Crew
from tests.bench.spread import percentile
from tests.postgres import programs

REPLICAS = 3
APPROVER = "U0SUZUKI"
COMMANDS, OPERATIONS, APPROVALS = 400, 120, 100
IDLE = 15  # seconds
PLACES = tuple(product(("prod", "dev"), environment.REGIONS))
"""Each account and region has EC2's buckets of its own: they are not to be what is measured."""
CARDS = (
    "select o.id, s.resource, x.channel, x.ts from operations o join steps s on s.operation = o.id"
    " join outbox x on x.operation = o.id and x.kind = 'card' where o.state = 'waiting' and x.ts <> ''"
)
NAME, READ = "one on a file", "/toban whoami"


@dataclass(frozen=True, slots=True)
class Found:
    """What was measured of one crew."""

    commands: float  # acknowledged a second
    operations: float  # ended a second
    clicks: Sequence[float]  # milliseconds from each click to AWS
    cpu: float  # % of a core, of a process that has nothing to do
    statements: float  # a second, of such a process
    memory: float  # of the largest, in millions of bytes


def measure() -> Sequence[Figure]:
    """One after the other on the same machine; without a PostgreSQL only the one is measured."""
    bare = _bare()
    with crew.on_a_file() as one:
        alone = _found(one)
    name = f"commands accepted, {NAME}"
    least = Figure(name, alone.commands, bare / 4, "/s", bare, "bare Bolt with a commit", sign=AT_LEAST)
    if programs() is None:
        return [
            least,
            Figure(f"approval to first call, p99, {NAME}", percentile(alone.clicks, 99), 300, "ms"),
        ]
    with crew.on_a_server(REPLICAS) as several:
        return [least, *_figures(_found(several), alone)]


def _figures(several: Found, alone: Found) -> Iterator[Figure]:
    three, third = f"{REPLICAS} replicas", 1 / 3
    for name, value, beside in (
        ("commands accepted", several.commands, alone.commands),
        ("operations ended", several.operations, alone.operations),
    ):
        yield Figure(f"{name}, {three}", value, third * beside, "/s", beside, NAME, sign=AT_LEAST)
    for percent in (50, 99):
        value, beside = (percentile(each.clicks, percent) for each in (several, alone))
        yield Figure(f"approval to first call, p{percent}, {three}", value, 300, "ms", beside, NAME)
    yield Figure("idle: CPU of a replica", several.cpu, 3, "%", alone.cpu, NAME)
    yield Figure("idle: statements of a replica", several.statements, 15, "/s")
    yield Figure("memory of a replica after this", several.memory, 180, "MB", alone.memory, NAME)


def _bare() -> float:
    """The lower bound: an app that only commits a row and acknowledges."""
    with (
        tempfile.TemporaryDirectory() as name,
        LocalSlack() as slack,
        apps.bare(Path(name), slack.url, slack) as app,  # which asks AWS nothing
    ):
        load.at_once(app.typed([READ], 50))
        return _rate(app.typed([READ], COMMANDS))


def _rate(typed: Sequence[load.Typed]) -> float:
    """How many a second were acknowledged, on the wall's clock."""
    begun = time.monotonic()
    told = load.at_once(typed)
    return sum(one.acked for one in told) / (time.monotonic() - begun)


def _found(there: Crew) -> Found:
    _warm(there)
    cpu, statements = _idle(there)
    return Found(
        _commands(there),
        _operations(there),
        _clicks(there),
        cpu,
        statements,
        max(each.resident_mb for each in there.processes),
    )


def _warm(there: Crew) -> None:
    """The first of everything is slower, in each process."""
    lines = [_stop(number, 4 * number + 1) for number in range(8)]
    there.ended(_typed(there, lines))
    _rest(there)


def _commands(there: Crew) -> float:
    """As fast as people can type: how many a second were stored and acknowledged."""
    person = there.slack.as_person(environment.OPERATOR)
    found = _rate([lambda: person.types(CHANNELS[0], READ)] * COMMANDS)
    _rest(there)
    return found


def _operations(there: Crew) -> float:
    """Each stops one machine that needs no approval: from the first one typed to the last one ended."""
    before, begun = there.books.asked(), time.monotonic()
    asked = _typed(there, [_stop(number, 4 * number + 2) for number in range(OPERATIONS)])
    there.ended(before + asked)
    took = time.monotonic() - begun
    _rest(there)
    return asked / took


def _clicks(there: Crew) -> list[float]:
    """Each stops one machine of production; all cards are there before the first click."""
    asked = _typed(there, [_stop(number, 4 * number) for number in range(APPROVALS // 2)])
    crew.until(lambda: len(there.books.rows(CARDS)) >= asked, 120)
    _rest(there, waiting=True)
    waits = [
        _click(there, str(machine), there.slack.workspace.messages.find(str(channel), str(ts)))
        for _, machine, channel, ts in there.books.rows(CARDS)
    ]
    _rest(there)
    return waits


def _click(there: Crew, machine: str, card: Message) -> float:
    """Milliseconds from the finger to StopInstances of this machine."""
    begun = time.monotonic()
    there.slack.as_person(APPROVER).clicks(card, "toban.approve")
    crew.until(lambda: machine in there.stopped, 30)
    time.sleep(0.1)
    return (there.stopped[machine] - begun) * 1000


def _typed(there: Crew, lines: Sequence[str]) -> int:
    """Type these lines at once, in many channels; how many were taken."""
    person = there.slack.as_person(environment.OPERATOR)
    typed = [partial(person.types, CHANNELS[n % len(CHANNELS)], line) for n, line in enumerate(lines)]
    return sum(one.acked and not one.shown for one in load.at_once(typed))


def _stop(turn: int, number: int) -> str:
    account, region = PLACES[turn % len(PLACES)]
    service = ("web", "api", "batch", "db", "search")[number % 5]
    return f"/ec2 stop tag:Name={service}-{number:05} --account {account} --region {region}"


def _rest(there: Crew, *, waiting: bool = False) -> None:
    """Return when all messages are sent and nobody has anything to do."""
    crew.until(lambda: not there.books.unsent() and (waiting or not there.books.under_way()), 120)
    for each in there.processes:
        each.settle()


def _idle(there: Crew) -> tuple[float, float]:
    """What a process uses of a core, and asks of the server, though nothing happens."""
    begun, before, cpu = time.monotonic(), _statements(there), _cpu(there)
    time.sleep(IDLE)
    took, count = time.monotonic() - begun, len(there.processes)
    return 100 * (_cpu(there) - cpu) / took / count, (_statements(there) - before) / took / count


def _cpu(there: Crew) -> float:
    return sum(each.cpu_seconds for each in there.processes)


def _statements(there: Crew) -> int:
    return there.books.count(crew.STATEMENTS) if there.on_a_server else 0
