"""What toban's role must be allowed: what the verbs declare that the policy lets anybody use, and on what."""

from collections.abc import Iterable, Mapping

from aws.account import AccountConfig
from bot.command import Risk
from bot.iam.ground import ground
from bot.iam.needs import needed
from bot.iam.table import SCOPES
from bot.operation import Door
from bot.policy.decision import Person
from bot.policy.policy import Policy
from bot.rulebook import rules
from bot.settings import Settings

DOORS = (Door.SLASH, Door.CLOCK)
_SOME = "toban"  # stands for whatever an ARN leaves open


def wanted(settings: Settings, account: AccountConfig) -> Mapping[str, tuple[str, ...]]:
    """Each IAM action, with an ARN of each kind that it is used on; () for one that AWS cannot narrow.

    Raises SettingsError where the policy or the config cannot be used.
    """
    found = rules(settings)
    people = _kinds(settings)
    those = [
        found.known.verbs[name]
        for name, outline in found.known.outlines.items()
        if _is_enabled(found.policy, name, outline.risk, people)
    ]
    there = ground(settings, account, {}, ())
    made: dict[str, tuple[str, ...]] = {}
    for action, who in needed(those, settings, account).items():
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


def _kinds(settings: Settings) -> list[Person]:
    """Everybody by name, a stranger, and a member of each group: who is in them changes from day to day."""
    named = {one for group in settings.groups.values() for one in group if not one.startswith("S")}
    groups = [Person(f"?{group}", (group,)) for group in settings.groups]
    return [Person("?"), *groups, *(Person(one) for one in sorted(named))]


def _is_enabled(policy: Policy, name: str, risk: Risk, people: Iterable[Person]) -> bool:
    return any(policy.may_ask(person, name, risk, door).allowed for person in people for door in DOORS)
