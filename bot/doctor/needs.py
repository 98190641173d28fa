"""What toban's role in an account must be allowed, and on what: what is declared by the verbs in use."""

from collections.abc import Iterable, Mapping
from typing import Any

from aws.account import AccountConfig
from bot.command import Verb
from bot.iam.ground import ground
from bot.iam.needs import needed
from bot.iam.table import SCOPES
from bot.settings import Settings

_SOME = "toban"  # stands for whatever an ARN leaves open


def wanted(
    verbs: Iterable[Verb[Any]], settings: Settings, account: AccountConfig
) -> Mapping[str, tuple[str, ...]]:
    """Each IAM action, with an ARN of each kind that it is used on; () for one that AWS cannot narrow."""
    there = ground(settings, account, {}, ())
    made: dict[str, tuple[str, ...]] = {}
    for action, who in needed(verbs, settings, account).items():
        scopes = [one for one in SCOPES.get(action, ()) if not one.of or one.of & who]
        arns = dict.fromkeys(_example(arn, account) for one in scopes for arn in there.resources(one))
        if arns or action not in SCOPES:  # what the account has nothing for is not needed there
            made[action] = tuple(arns)
    return made


def _example(arn: str, account: AccountConfig) -> str:
    """An ARN without stars, in the account's first region."""
    if arn == "*":
        return arn
    *begin, region, owner, name = arn.split(":", 5)
    region, owner = region.replace("*", account.regions[0]), owner.replace("*", account.id)
    return ":".join([*begin, region, owner, name.replace("*", _SOME)])
