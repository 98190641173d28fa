"""Instances, disks, snapshots, addresses, load balancers and databases that are left over.  Pure."""

from collections.abc import Collection, Iterator, Sequence

from aws.account import Place
from aws.address import Address
from aws.database import Database
from aws.instance import Instance
from aws.snapshot import Snapshot
from aws.volume import Volume
from bot.words import Words, words
from commands import balancers, databases, instances
from commands.balancers import Use
from commands.changes import (
    release_address,
    remove_balancer,
    remove_instance,
    remove_snapshot,
    remove_volume,
    start_instances,
)
from commands.failover._leftover import Kind, Leftover, kind_of
from commands.prices import of, thing

GROUP = "aws:autoscaling:groupName"  # "Tag Auto Scaling groups and instances", EC2 Auto Scaling guide
_GONE = ("shutting-down", "terminated")


def of_instances(
    place: Place, found: Sequence[Instance], disks: Sequence[Volume], stopped_by: Collection[str]
) -> Iterator[Leftover]:
    """Those with a tag, whatever they do; and those that a drill stopped and nobody started since."""
    for one in found:
        theirs = [disk for disk in disks if disk.instance_id == one.id]
        kind = Kind.STOPPED if one.id in stopped_by else kind_of(one.tags)
        if kind is None or one.state in _GONE:
            continue
        ends = start_instances.step(place, one) if kind is Kind.STOPPED else remove_instance.step(place, one)
        yield Leftover(
            kind,
            instances.resource(place, one),
            f"{one.type}, {one.state}",
            of.instance(one, theirs),
            one.launched,
            ends,
            _of_group(one) if kind is not Kind.STOPPED else None,
            frozenset(disk.id for disk in theirs),
        )


def _of_group(one: Instance) -> Words | None:
    group = one.tags.get(GROUP)
    return words("its Auto Scaling group {group} would replace it", group=group) if group else None


def of_volumes(place: Place, found: Sequence[Volume]) -> Iterator[Leftover]:
    """Disks with a tag; one that is attached stays, or goes with its instance."""
    for one in found:
        kind = kind_of(one.tags)
        if kind is None:
            continue
        warned = (words("cannot be undone: what is on it is gone"),)
        used = words("it is attached to {id}", id=one.instance_id or "–")
        yield Leftover(
            kind,
            remove_volume.resource(place, one),
            f"{one.size_gib} GiB {one.type}",
            of.volume(one),
            one.created,
            remove_volume.step(place, one, warnings=warned),
            None if one.state == "available" else used,
        )


def of_snapshots(place: Place, found: Sequence[Snapshot], imaged: Collection[str]) -> Iterator[Leftover]:
    """Snapshots with a tag on which no image stands."""
    for one in found:
        kind = kind_of(one.tags)
        if kind is None:
            continue
        step = remove_snapshot.step(place, one)
        stays = words("an image stands on it") if one.id in imaged else None
        what = f"{one.size_gib} GiB of {one.volume_id}"
        yield Leftover(kind, step.target, what, of.snapshot(one), one.started, step, stays)


def of_addresses(place: Place, found: Sequence[Address]) -> Iterator[Leftover]:
    """Addresses with a tag that belong to nothing."""
    for one in found:
        kind = kind_of(one.tags)
        if kind is None:
            continue
        step = release_address.step(place, one, warnings=(words("cannot be undone"),))
        used = words("it belongs to {what}", what=one.instance_id or one.interface_id or one.manager or "–")
        stays = used if one.is_used or one.manager else None
        yield Leftover(kind, step.target, one.ip, thing.address(), None, step, stays)


def of_balancers(place: Place, found: Sequence[Use]) -> Iterator[Leftover]:
    """Load balancers with a tag that send to nobody."""
    for one in found:
        shown = one.balancer
        kind = kind_of(shown.tags)
        if kind is None:
            continue
        targets = words("{n} targets are registered with it", n=str(one.registered))
        other = words("toban deletes none of the type {type}", type=shown.type)
        stays = other if shown.type not in balancers.DELETABLE else targets if one.registered else None
        yield Leftover(
            kind,
            balancers.resource(place, shown),
            f"{shown.type} load balancer",
            thing.balancer(shown.type),
            shown.created,
            remove_balancer.step(place, shown, warnings=(words("cannot be undone"),)),
            stays,
        )


def of_databases(place: Place, found: Sequence[Database]) -> Iterator[Leftover]:
    """Databases with a tag: toban deletes none, but says what they cost."""
    for one in found:
        kind = kind_of(one.tags)
        if kind is not None and not one.is_cluster:
            yield Leftover(
                kind,
                databases.resource(place, one),
                f"{one.type} {one.engine}, {one.state}",
                of.database(one) if one.state != "stopped" else None,
                stays=words("toban deletes no databases: that is for somebody's own hands"),
            )
