"""Which volumes, instances and addresses are waste.  Pure, with time handed in."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from aws.instance import Instance
from aws.volume import Volume
from commands.cost._waste_finding import Finding, Kind, Rules
from commands.cost._waste_seen import Seen
from commands.generations.overrides import is_excluded
from commands.prices import gp2, of, thing
from commands.prices.rate import Rates

_WHEN = re.compile(r"\((\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) (?:GMT|UTC)\)")
"""In EC2's StateTransitionReason: "User initiated (2026-05-25 10:00:00 GMT)"."""


def what(one: Volume) -> str:
    """A volume in AWS's words."""
    return f"{one.size_gib} GiB {one.type}"


def stopped_since(one: Instance) -> datetime | None:
    """Since when an instance is stopped; None when EC2 does not say, or it is not."""
    found = _WHEN.search(one.transition) if one.state == "stopped" else None
    return datetime.strptime(found[1], "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC) if found else None


def unattached(seen: Seen, rules: Rules, now: datetime) -> Iterator[Finding]:
    """Volumes that are attached to nothing."""
    for one in seen.volumes or ():
        if one.state == "available" and not is_excluded(one.tags) and not is_new(one.created, rules, now):
            yield Finding(
                Kind.UNATTACHED,
                seen.place,
                one.id,
                one.name,
                what(one),
                of.volume(one),
                one.tags,
                one.created,
                one.created,
                line=f"volume delete {one.id}",
            )


def stopped(seen: Seen, rules: Rules, now: datetime) -> Iterator[Finding]:
    """Instances that have been stopped for long, and whose disks are large."""
    disks = _disks(seen)
    for one in seen.instances or ():
        since, theirs = stopped_since(one), disks.get(one.id, ())
        gib = sum(disk.size_gib for disk in theirs)
        if since is None or now - since < rules.stopped_for or gib < rules.large_gib or is_excluded(one.tags):
            continue
        yield Finding(
            Kind.STOPPED,
            seen.place,
            one.id,
            one.name,
            f"{one.type}, {gib} GiB",
            of.stopped(one, theirs),
            one.tags,
            since,
            one.launched,
            covers=frozenset(disk.id for disk in theirs),
        )


def unused(seen: Seen) -> Iterator[Finding]:
    """Addresses that belong to nothing."""
    for one in seen.addresses or ():
        if not one.is_used and not one.manager and not is_excluded(one.tags):
            line = f"address release {one.id}"
            yield Finding(
                Kind.UNUSED, seen.place, one.id, one.name, one.ip, thing.address(), one.tags, line=line
            )


def could_be_gp3(seen: Seen, rates: Rates) -> Iterator[Finding]:
    """gp2 volumes that would cost less as gp3 that gives as much."""
    for one in seen.volumes or ():
        if one.type != "gp2" or is_excluded(one.tags):
            continue
        if gp2.is_cheaper_as_gp3(one.size_gib, seen.place.region, rates):
            yield Finding(
                Kind.GP2,
                seen.place,
                one.id,
                one.name,
                what(one),
                of.volume(one),
                one.tags,
                one.created,
                one.created,
                instead=gp2.thing_as_gp3(one.size_gib),
                line=f"volume convert {one.id} --to gp3",
            )


def is_new(made: datetime | None, rules: Rules, now: datetime) -> bool:
    """Whether something was made so lately that it may be on its way to somebody."""
    return made is not None and now - made < rules.new


def _disks(seen: Seen) -> Mapping[str, tuple[Volume, ...]]:
    """The volumes of each instance."""
    found: dict[str, tuple[Volume, ...]] = {}
    for one in seen.volumes or ():
        if one.instance_id:
            found[one.instance_id] = (*found.get(one.instance_id, ()), one)
    return found


def disks_of(seen: Seen, instance_id: str) -> tuple[Volume, ...]:
    """The volumes of one instance."""
    return _disks(seen).get(instance_id, ())
