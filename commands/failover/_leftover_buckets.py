"""Statements that drills, which are over, have left in the policies of buckets."""

from collections.abc import Iterator

from aws import bucket_policy
from aws.account import Place
from aws.errors import NotFound
from bot.command import World
from bot.drill import Drill
from bot.plan import Resource
from commands.changes import bucket_statement, deny_bucket
from commands.failover._leftover import Kind, Leftover, Rules

READS = ("s3:GetBucketPolicy",)
LATEST = 50  # drills that are looked through


def find(world: World, place: Place, rules: Rules) -> Iterator[Leftover]:
    """One for each of the latest drills of a bucket in this place.  Raises AwsError."""
    for one in world.drills.find(most=LATEST):
        if one.spec.kind != "bucket" or (one.spec.account, one.spec.region) != (place.account, place.region):
            continue
        role = "" if one.number in rules.under_way else _denied(world, place, one)
        if role:
            target = Resource(place.account, place.region, "bucket", one.spec.about)
            yield Leftover(
                Kind.DRILL,
                target,
                f"statement in its policy, of #{one.number}",
                step=deny_bucket.clearing(target, role),
            )


def _denied(world: World, place: Place, one: Drill) -> str:
    """The role that is still denied; "" when none is, or the bucket is gone."""
    s3, owner = bucket_policy.client(world.aws, place), world.aws.config(place.account).id
    try:
        policy = bucket_policy.policy(s3, one.spec.about, owner)
    except NotFound:
        return ""
    return bucket_statement.denied_by(policy, one.number)
