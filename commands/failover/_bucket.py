"""A bucket that one role is denied, as a block of a drill."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from aws import bucket_policy
from aws.account import Place
from aws.errors import Denied, NotFound
from bot.arguments import UsageError
from bot.command import World
from bot.plan import Resource
from bot.refusals import said
from bot.words import Words, words
from commands.changes import bucket_statement, deny_bucket
from commands.changes.deny_bucket import ALLOW, DENY
from commands.failover import _role
from commands.failover._block import Block
from commands.failover._options import Options
from commands.reading import places

ACTIONS = (DENY, ALLOW)
READS = ("s3:GetBucketLocation", "s3:GetBucketPolicy", "s3:GetBucketTagging", *_role.READS)


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket as it is now."""

    place: Place
    name: str
    policy: str  # word for word; "" for none
    target: Resource


def block(world: World, one: Bucket, role: str, lasts: timedelta) -> Block:
    """Deny a role, by its name or ARN, everything in a bucket.  Raises UsageError, AwsError."""
    arn = _role.arn(world, one.place, role)
    denied = bucket_statement.denying(one.policy, one.name, arn, 10**9)  # no number is longer
    if len(denied.encode()) > bucket_policy.LARGEST:
        raise UsageError(words("The policy of {bucket} has no room for one more statement.", bucket=one.name))
    if list(bucket_statement.ours_in(one.policy)):
        raise UsageError(
            words("The policy of {bucket} still has a statement of a failure test.", bucket=one.name)
        )
    fault = deny_bucket.denying(one.target, arn, one.policy)
    return Block((fault, deny_bucket.allowing(fault, one.policy, lasts)), notes=tuple(_notes(one, arn)))


def _notes(one: Bucket, role: str) -> Iterator[Words]:
    yield words(
        "{role} is denied everything in {bucket}, by a statement in the bucket's policy; nobody else is",
        role=role,
        bucket=one.name,
    )
    yield (
        words("its policy is put back word for word; where somebody changes it meanwhile, that stays")
        if one.policy
        else words("it has no policy now, and will have none again")
    )
    yield words("S3 may take a moment until it goes by a new policy")


# -- which bucket --------------------------------------------------------------------------------------


def find(world: World, name: str, options: Options) -> Bucket:
    """The bucket of this name, in whichever account it is.  Raises UsageError, AwsError."""
    meant = places(world, options.account, options.region)
    refused: list[Words] = []
    for account in dict.fromkeys(place.account for place in meant):
        first = next(place for place in meant if place.account == account)
        try:
            region = bucket_policy.region(
                bucket_policy.client(world.aws, first), name, world.aws.config(account).id
            )
        except (NotFound, Denied) as error:
            refused += [said(error, account)] if isinstance(error, Denied) else []
            continue
        return _seen(world, Place(account, region), name)
    if refused:
        raise UsageError(words("{bucket} is not to be found: {why}", bucket=name, why=refused[0]))
    raise UsageError(words("There is no bucket {bucket} in the accounts that are meant.", bucket=name))


def _seen(world: World, place: Place, name: str) -> Bucket:
    if place not in world.aws.places():
        raise UsageError(
            words(
                "{bucket} is in {region} of {account}, which toban does not look after.",
                bucket=name,
                region=place.region,
                account=place.account,
            )
        )
    where = bucket_policy.client(world.aws, place), name, world.aws.config(place.account).id
    tags = bucket_policy.tags(*where)
    target = Resource(place.account, place.region, "bucket", name, tags.name, tags.pairs)
    return Bucket(place, name, bucket_policy.policy(*where), target)
