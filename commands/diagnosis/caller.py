"""Whose rights a diagnosis is about: toban's own role, or one that is named."""

from aws import iam, identity
from aws.account import Place
from bot.arguments import Kind, UsageError, arg
from bot.command import World
from bot.words import words
from commands.diagnosis.looking import Looking

READS = ("iam:GetRole", "sts:GetCallerIdentity")
_EXAMPLE = "arn:aws:iam::111122223333:role/admin"


def caller_arg() -> str:
    """The option --caller."""
    declared: str = arg(
        Kind.WORD, words("the ARN of the role or user that starts it; left out, toban itself"), default=""
    )
    return declared


def named(arn: str) -> str:
    """The ARN of a role or user, or "".  Raises UsageError for anything else."""
    parts = arn.split(":", 5)
    if arn and (len(parts) < 6 or parts[2] != "iam" or not parts[5].startswith(("role/", "user/"))):
        raise UsageError(
            words("{arn} is not the ARN of a role or user, such as {example}.", arn=arn, example=_EXAMPLE)
        )
    return arn


def own(world: World, place: Place, look: Looking) -> str:
    """The ARN of toban's own role or user in a place; "" when even that could not be asked."""
    configured = world.aws.config(place.account).role_arn
    if configured:
        return configured
    asked = words("toban's own identity")
    arn = look.at(asked, lambda: identity.who_am_i(world.aws.sts(place)).arn, "")
    if not arn:
        return ""
    role = words("toban's own role")
    return look.at(role, lambda: iam.role_arn(iam.client(world.aws, place), arn), iam.lasting(arn))
