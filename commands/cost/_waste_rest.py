"""Which load balancers are waste, and what tests have left over.  Pure, with time handed in."""

from collections.abc import Iterator
from datetime import datetime

from commands.cost import _waste_snapshots as snapshots
from commands.cost import _waste_volumes as volumes
from commands.cost._waste_finding import Finding, Kind, Rules, is_of_test
from commands.cost._waste_seen import Balanced, Seen
from commands.cost._waste_volumes import is_new
from commands.generations.overrides import is_excluded
from commands.prices import of, thing

_GONE = ("terminated", "shutting-down")
_ALL = "all"  # a load balancer of this name cannot be named alone


def no_targets(seen: Seen, rules: Rules, now: datetime) -> Iterator[Finding]:
    """Load balancers that send to nobody."""
    for one in seen.balancers or ():
        shown = one.use.balancer
        if one.needed is None and not is_excluded(shown.tags) and not is_new(shown.created, rules, now):
            yield _balancer(Kind.NO_TARGETS, seen, one)


def _balancer(kind: Kind, seen: Seen, one: Balanced) -> Finding:
    shown = one.use.balancer
    can_go = one.needed is None and shown.name != _ALL
    return Finding(
        kind,
        seen.place,
        shown.name,
        shown.tags.name,
        f"{shown.type} load balancer",
        thing.balancer(shown.type),
        shown.tags,
        shown.created,
        shown.created,
        line=f"balancer delete {shown.name}" if can_go else "",
    )


def leftovers(seen: Seen, rules: Rules, now: datetime) -> Iterator[Finding]:
    """Whatever carries a test's tag and is older than a day, in whichever state it is."""
    yield from (one for one in _instances(seen) if not is_new(one.made, rules, now))
    yield from (one for one in _volumes(seen) if not is_new(one.made, rules, now))
    for shot in seen.snapshots or ():
        if (
            is_of_test(shot.tags)
            and shot.id not in (seen.images or ())
            and not is_new(shot.started, rules, now)
        ):
            described = snapshots.what(shot), of.snapshot(shot), shot.tags, shot.started, shot.started
            line = f"snapshot prune {shot.id}" if seen.images is not None else ""
            yield Finding(Kind.LEFTOVER, seen.place, shot.id, shot.name, *described, line=line)
    for one in seen.addresses or ():
        if is_of_test(one.tags):
            line = "" if one.is_used else f"address release {one.id}"
            yield Finding(
                Kind.LEFTOVER, seen.place, one.id, one.name, one.ip, thing.address(), one.tags, line=line
            )
    for each in seen.balancers or ():
        shown = each.use.balancer
        if is_of_test(shown.tags) and not is_new(shown.created, rules, now):
            yield _balancer(Kind.LEFTOVER, seen, each)


def _instances(seen: Seen) -> Iterator[Finding]:
    for one in seen.instances or ():
        if not is_of_test(one.tags) or one.state in _GONE:
            continue
        disks = volumes.disks_of(seen, one.id)
        yield Finding(
            Kind.LEFTOVER,
            seen.place,
            one.id,
            one.name,
            f"{one.type}, {one.state}",
            of.instance(one, disks),
            one.tags,
            one.launched,
            one.launched,
            line=f"ec2 stop {one.id}" if one.state == "running" else "",
            covers=frozenset(disk.id for disk in disks),
        )


def _volumes(seen: Seen) -> Iterator[Finding]:
    for one in seen.volumes or ():
        if is_of_test(one.tags):
            loose = one.state == "available"
            yield Finding(
                Kind.LEFTOVER,
                seen.place,
                one.id,
                one.name,
                volumes.what(one),
                of.volume(one),
                one.tags,
                one.created,
                one.created,
                line=f"volume delete {one.id}" if loose else "",
            )
