"""What toban's role must be allowed: what the verbs declare that the policy lets anybody use."""

from collections.abc import Iterable

from aws.account import AccountConfig
from bot.command import Risk
from bot.operation import Door
from bot.policy.decision import Person
from bot.policy.policy import Policy
from bot.rulebook import rules
from bot.settings import Settings
from jobs import third_door

DOORS = (Door.SLASH, Door.CLOCK)


def actions(settings: Settings, account: AccountConfig) -> tuple[str, ...]:
    """The IAM actions, in order.  Raises SettingsError where the policy or the config cannot be used."""
    found = rules(settings)
    people = _kinds(settings)
    needed: set[str] = set()
    for name, outline in found.known.outlines.items():
        if _is_enabled(found.policy, name, outline.risk, people):
            verb = found.known.verbs[name]
            needed |= {*verb.iam, *(one for action in verb.actions for one in action.iam)}
    if any(queue.account == account.name for queue in settings.queues):
        needed |= set(third_door.IAM)
    return tuple(sorted(needed))


def _kinds(settings: Settings) -> list[Person]:
    """Everybody by name, a stranger, and a member of each group: who is in them changes from day to day."""
    named = {one for group in settings.groups.values() for one in group if not one.startswith("S")}
    groups = [Person(f"?{group}", (group,)) for group in settings.groups]
    return [Person("?"), *groups, *(Person(one) for one in sorted(named))]


def _is_enabled(policy: Policy, name: str, risk: Risk, people: Iterable[Person]) -> bool:
    return any(policy.may_ask(person, name, risk, door).allowed for person in people for door in DOORS)
