"""Which databases are meant, instances and clusters, for every verb that is about databases."""

from collections.abc import Iterator, Sequence

from aws import database
from aws.account import Place
from aws.database import Database
from bot.arguments import UsageError
from bot.command import World
from bot.plan import Resource
from bot.targets import Targets
from bot.words import Words, words
from commands.reading import Found, all_named, asked_for, everywhere, fits, nearest, places

INSTANCE, CLUSTER = "database", "database-cluster"
"""The types of a step's target."""

READS = ("rds:DescribeDBClusters", "rds:DescribeDBInstances")


def find(world: World, targets: Targets, accounts: Sequence[str], regions: Sequence[str]) -> Found[Database]:
    """The databases that are meant; no targets: all.  Raises UsageError when an id, or all, is nowhere."""
    meant = places(world, accounts, regions)
    every = everywhere(meant, lambda place: in_place(world, place))
    found = Found(
        tuple((place, one) for place, one in every if fits(targets, _names(one), one.tags)), every.unread
    )
    all_named(targets, (one.id for _, one in found), found.unread)
    if not found.items and not found.unread and (targets.names or targets.tags):
        raise UsageError(_nothing(every, targets))
    return found


def in_place(world: World, place: Place) -> Iterator[Database]:
    """Every database of a place, instances first.  Raises AwsError."""
    rds = world.aws.rds(place)
    yield from database.find(rds)
    yield from database.clusters(rds)


def resource(place: Place, one: Database) -> Resource:
    """A database as a step's target."""
    kind = CLUSTER if one.is_cluster else INSTANCE
    return Resource(place.account, place.region, kind, one.id, one.tags.name, tuple(one.tags.items()))


def _names(one: Database) -> tuple[str, ...]:
    """What people call it: its id, which they chose, or its Name tag."""
    return (one.id, one.tags.name) if one.tags.name else (one.id,)


def _nothing(every: Found[Database], targets: Targets) -> Words:
    """Say that nothing fits, with the names and tags that come nearest."""
    near = nearest(targets, ((name, one.tags) for _, one in every for name in _names(one)))
    asked = " ".join(asked_for(targets))
    if near:
        return words("No database fits {asked}. Did you mean {near}?", asked=asked, near=near)
    return words("No database fits {asked}.", asked=asked)
