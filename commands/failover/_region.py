"""Traffic to another region: the stages of the shift, the gates between them, and the way home."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from bot.arguments import UsageError
from bot.command import World
from bot.drill import Watched
from bot.plan import Fields, Step
from bot.words import Words, words
from commands.changes import gate, shift_weights, traffic
from commands.failover import _fleet, _ready, _route
from commands.failover._block import Block
from commands.failover._found import Found
from commands.failover._route import Route

READS = (*_route.READS, *_ready.READS)
ACTIONS = (shift_weights.SHIFT, shift_weights.RESTORE, gate.GATE)
ALL = 100


@dataclass(frozen=True, slots=True)
class Wanted:
    """How the traffic shall go."""

    stages: tuple[int, ...]  # percent, each more than the one before
    patience: timedelta  # that a gate has
    lasts: timedelta | None  # then the traffic goes home; None: it stays
    replicas: tuple[str, ...] = ()
    most_lag: timedelta = timedelta(seconds=30)
    anyway: bool = False  # though the other region is not ready


def read_stages(written: str) -> tuple[int, ...]:
    """10,50,100 as numbers.  Raises UsageError."""
    parts = [part.strip().removesuffix("%") for part in written.split(",")]
    stages = [int(part) for part in parts if part.isdecimal() and len(part) <= 3]
    ascending = all(one < other for one, other in pairwise(stages))
    if len(stages) != len(parts) or not ascending or stages[0] < 1 or stages[-1] > ALL:
        said = words("Stages are percentages that grow, such as 10,50,100, not “{word}”.", word=written[:50])
        raise UsageError(said)
    return tuple(stages)


def block(world: World, route: Route, wanted: Wanted) -> Block:
    """The stages with their gates and the way home; no step when the traffic is there already.

    Raises UsageError when the other region is not ready for it.
    """
    left = tuple(_left(route, wanted.stages))
    if not left:
        return Block(())
    ready = _ready.check(world, route, wanted.replicas, wanted.most_lag)
    if ready.refusals and not wanted.anyway:
        why = ready.refusals[0]
        raise UsageError(
            words("{to} is not ready: {why}. --anyway shifts all the same.", to=route.to[0].id, why=why)
        )
    steps = tuple(_steps(route, left, wanted, (*ready.refusals, *ready.warnings)))
    notes = (*ready.notes, *_notes(route, left, wanted))
    return Block(steps, tuple(_watched(world, route)), notes, unread=route.unread)


def _left(route: Route, stages: Sequence[int]) -> Iterator[tuple[int, Fields]]:
    """The stages that bring more there than is there now, each with its weights.  Raises UsageError."""
    here = traffic.share(route.now, route.targets)
    if route.swaps:
        if tuple(stages) != (ALL,):
            said = words(
                "{name} has failover records: its traffic goes at once, not in stages.", name=route.name
            )
            raise UsageError(said)
        if here < 1:
            yield ALL, traffic.swapped(route.now)
        return
    for stage in stages:
        if stage > here * ALL:
            yield stage, traffic.with_share(route.now, route.targets, stage)


def _steps(
    route: Route, stages: Sequence[tuple[int, Fields]], wanted: Wanted, warnings: tuple[Words, ...]
) -> Iterator[Step]:
    """Shift, gate, shift, gate …, and the way home of them all."""
    of, before = route.resource, route.now
    needs: tuple[str, ...] = ()
    shifts: list[Step] = []
    for stage, after in stages:
        warned = () if shifts else warnings
        shifts.append(
            shift_weights.shifting(of, route.zone.id, before, after, stage, needs=needs, warnings=warned)
        )
        yield shifts[-1]
        if len(shifts) < len(stages):
            shut = gate.step(of, stage, wanted.patience, needs=(shifts[-1].key,))
            yield shut
            needs, before = (shut.key,), after
    if _may_go_home(stages, wanted):
        yield shift_weights.restoring(shifts, wanted.lasts, route.records)


def _may_go_home(stages: Sequence[object], wanted: Wanted) -> bool:
    """Not what goes at once and stays: a change batch is made whole, and never ends half way."""
    return wanted.lasts is not None or len(stages) > 1


def _notes(route: Route, left: Sequence[tuple[int, Fields]], wanted: Wanted) -> Iterator[Words]:
    if len(left) > 1:
        yield words(
            "after each stage but the last somebody has to say within {patience} whether it goes on;"
            " otherwise all of it goes home",
            patience=wanted.patience,
        )
    if wanted.lasts is None:
        yield words("it stays there: the way home is the same line with the other region")
    if wanted.lasts is None and len(left) > 1:
        yield words("when it is ended before the last stage, it goes home at once")
    if _may_go_home(left, wanted):
        yield words(
            "Route 53 has no timer of its own: should nothing bring it home, set {weights} by hand",
            weights=", ".join(f"{name}: {value}" for name, value in route.now),
        )


def _watched(world: World, route: Route) -> Iterator[Watched]:
    """The Auto Scaling groups of the other region: whether they grow with what comes."""
    what = words("the load balancer")
    there = Found().look(route.account, what, lambda: _fleet.of(world, route.account, route.to[0]))
    if there is not None:
        place = there.place
        yield from (Watched(place.account, place.region, "group", one.name) for one in there.scaled)
