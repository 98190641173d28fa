"""The caches whose primary is in a zone, each as a block of a drill, or left with the reason."""

from collections.abc import Iterator
from dataclasses import replace

from aws import cache, cache_place
from aws.cache import Cache, Shard
from bot.command import World
from bot.drill import Watched
from bot.plan import Left
from bot.words import words
from commands import caches
from commands.changes import fail_over_cache
from commands.changes.fail_over_cache import FAIL_OVER_CACHE
from commands.failover._block import Block
from commands.failover._zone_where import Where

ACTIONS = (FAIL_OVER_CACHE,)
READS = (
    *caches.READS,
    "elasticache:DescribeCacheClusters",
    "elasticache:DescribeCacheSubnetGroups",
)


def blocks(world: World, where: Where) -> Iterator[Block]:
    """A failover for each shard that can be failed over.  Raises AwsError."""
    elasticache = cache.client(world.aws, where.place)
    for one in cache.find(elasticache):
        shards = [each for each in one.shards if _is_there(each, where)]
        if shards and _vpc(world, where, shards[0]) == where.vpc_id:
            tagged = replace(one, tags=cache.tags(elasticache, one.arn))
            yield from (_block(where, tagged, each) for each in shards)


def _is_there(one: Shard, where: Where) -> bool:
    """Whether its primary is in the zone, or may be, where ElastiCache does not say which node that is."""
    nodes = [one.primary] if one.primary else one.nodes
    return any(node.zone == where.zone for node in nodes)


def _vpc(world: World, where: Where, one: Shard) -> str:
    return cache_place.vpc_of(cache_place.client(world.aws, where.place), one.nodes[0].id)


def _block(where: Where, one: Cache, shard: Shard) -> Block:
    why = fail_over_cache.why_not(one, shard)
    if why is None and shard.primary is None:
        why = words("ElastiCache does not say in which zone the primary of shard {shard} is", shard=shard.id)
    if why is not None:
        return Block((), left=(Left(caches.resource(where.place, one), why),))
    watched = Watched(where.place.account, where.place.region, "cache", one.id)
    return Block((fail_over_cache.failing_over(where.place, one, shard),), (watched,))
