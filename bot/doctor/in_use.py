"""The verbs that are in use: those that the policy lets anybody ask for."""

from collections.abc import Iterable
from threading import Lock
from typing import Any

from bot.command import Risk, Verb
from bot.operation import Door
from bot.policy.decision import Person
from bot.policy.policy import Policy
from bot.rulebook import rules
from bot.settings import Settings

DOORS = (Door.SLASH, Door.CLOCK)


class InUse:
    """Found out once, by whichever account's check comes first: it takes half a second."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = Lock()
        self._verbs: tuple[Verb[Any], ...] | None = None

    def verbs(self) -> tuple[Verb[Any], ...]:
        """All of them.  Raises SettingsError where the policy or the config cannot be used."""
        with self._lock:
            if self._verbs is None:
                self._verbs = _enabled(self._settings)
            return self._verbs


def _enabled(settings: Settings) -> tuple[Verb[Any], ...]:
    found, people = rules(settings), _kinds(settings)
    return tuple(
        found.known.verbs[name]
        for name, outline in found.known.outlines.items()
        if _may_anybody(found.policy, name, outline.risk, people)
    )


def _kinds(settings: Settings) -> list[Person]:
    """Everybody by name, a stranger, and a member of each group: who is in them changes from day to day."""
    named = {one for group in settings.groups.values() for one in group if not one.startswith("S")}
    groups = [Person(f"?{group}", (group,)) for group in settings.groups]
    return [Person("?"), *groups, *(Person(one) for one in sorted(named))]


def _may_anybody(policy: Policy, name: str, risk: Risk, people: Iterable[Person]) -> bool:
    return any(policy.may_ask(person, name, risk, door).allowed for person in people for door in DOORS)
