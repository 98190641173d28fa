"""AWS's resources as things with a price.  Pure."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from aws.database import Database
from aws.instance import Instance
from aws.snapshot import Snapshot
from aws.volume import Volume
from commands.prices import thing
from commands.prices.thing import Part, Thing

_GIB = 1024**3
_LINUX = ("", "Linux/UNIX")
RUNNING = ("pending", "running")


def volume(one: Volume) -> Thing:
    """A volume as it is provisioned, attached or not."""
    return thing.volume(one.type, one.size_gib, one.iops, one.throughput)


def snapshot(one: Snapshot) -> Thing:
    """A snapshot at most: all of its blocks, where EC2 tells how many these are, else its volume's size."""
    archived = one.tier == "archive"
    if one.full_bytes and not archived:
        return thing.snapshot(Decimal(one.full_bytes) / _GIB)
    return thing.snapshot(one.size_gib, archived=archived)


def running(one: Instance) -> Thing:
    """What an instance costs only while it runs, on demand; of a spot instance at most.

    With the public address that it has until it is stopped.
    """
    if one.platform not in _LINUX:
        return Thing((Part(f"ec2-other.{one.type} ({one.platform})"),))  # no list here has other systems
    lent = thing.address() if one.public_ip and not one.keeps_public_ip else Thing()
    return replace(thing.instance(one.type), at_most=bool(one.lifecycle)) + lent


def stopped(one: Instance, disks: Iterable[Volume]) -> Thing:
    """What an instance costs all the time: its disks, and an address that it keeps."""
    kept = thing.address() if one.keeps_public_ip else Thing()
    return sum((volume(disk) for disk in disks), kept)


def instance(one: Instance, disks: Iterable[Volume]) -> Thing:
    """What an instance costs as it is now: with its disks and its public address."""
    always = stopped(one, disks)
    return running(one) + always if one.state in RUNNING else always


def database(one: Database) -> Thing:
    """A database instance while it runs, without its storage."""
    return thing.database(one.type, one.engine, multi_az=one.multi_az)
