"""Which role a failure test may deny something: one, and never toban's own, root or everybody."""

from collections.abc import Iterator

from aws import iam, identity
from aws.account import Place
from aws.errors import NotFound
from bot.arguments import UsageError
from bot.command import World
from bot.words import words

READS = ("iam:GetRole", "sts:GetCallerIdentity")


def arn(world: World, place: Place, role: str) -> str:
    """The ARN of one role of an account.  Raises UsageError for anything more or toban's own, AwsError."""
    name = _name(world, place, role)
    try:
        found = iam.named_role(iam.client(world.aws, place), name)
    except NotFound:
        raise UsageError(
            words("There is no role {role} in {account}.", role=name, account=place.account)
        ) from None
    if name in set(_own(world, place)):
        raise UsageError(words("{role} is toban's own role, which has to put the policy back.", role=name))
    return found


def _name(world: World, place: Place, role: str) -> str:
    """A role's name, of its name or ARN.  Raises UsageError."""
    if ":" not in role and role != "*":
        return role.rpartition("/")[2]
    parts = role.split(":", 5)
    if len(parts) < 6 or parts[2] != "iam" or not parts[5].startswith("role/"):
        raise UsageError(
            words(
                "{role} is no role: one role is denied, and never an account, everybody or root.", role=role
            )
        )
    if parts[4] != world.aws.config(place.account).id:
        raise UsageError(words("{role} is of another account than the bucket.", role=role))
    return role.rpartition("/")[2]


def _own(world: World, place: Place) -> Iterator[str]:
    """The names of toban's own roles in an account, as configured and as AWS sees it.  Raises AwsError."""
    if configured := world.aws.config(place.account).role_arn:
        yield configured.rpartition("/")[2]
    now = identity.who_am_i(world.aws.sts(place)).arn
    yield iam.lasting(now).rpartition("/")[2]
