"""The caches of a place, for whatever is about them."""

from collections.abc import Iterator
from dataclasses import replace

from aws import cache
from aws.account import Place
from aws.cache import Cache
from bot.command import World
from bot.plan import Resource

CACHE = "cache"
"""The type of a step's target: a replication group of ElastiCache."""

READS = ("elasticache:DescribeReplicationGroups", "elasticache:ListTagsForResource")


def in_place(world: World, place: Place) -> Iterator[Cache]:
    """Every replication group of a place, with its tags.  Raises AwsError."""
    elasticache = cache.client(world.aws, place)
    for one in cache.find(elasticache):
        yield replace(one, tags=cache.tags(elasticache, one.arn))


def resource(place: Place, one: Cache) -> Resource:
    """A cache as a step's target."""
    return Resource(place.account, place.region, CACHE, one.id, one.tags.name, tuple(one.tags.items()))
