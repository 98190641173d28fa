"""The databases whose primary is in a zone, each as a block of a drill, or left with the reason."""

from collections.abc import Iterator

from aws import database
from aws.database import Database
from bot.arguments import UsageError
from bot.command import World
from bot.plan import Left
from commands import databases
from commands.failover import _database
from commands.failover._block import Block
from commands.failover._zone_where import Where


def blocks(world: World, where: Where) -> Iterator[Block]:
    """A failover for each that can be failed over.  Raises AwsError."""
    for one in _primaries(world, where):
        try:
            yield _database.block(world, where.place, one)
        except UsageError as error:
            yield Block((), left=(Left(databases.resource(where.place, one), error.said),))


def _primaries(world: World, where: Where) -> Iterator[Database]:
    """The instances in the zone, and the clusters whose writer is one; replicas take no writes."""
    rds = world.aws.rds(where.place)
    there = {one.id: one for one in database.find(rds) if _is_there(one, where)}
    yield from (one for one in there.values() if not one.cluster and not one.source)
    if any(one.cluster for one in there.values()):
        yield from (one for one in database.clusters(rds) if one.writer in there)


def _is_there(one: Database, where: Where) -> bool:
    return one.zone == where.zone and one.vpc_id == where.vpc_id
