"""What every stage of the path is handed: the state, the rules, and the ways out."""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from aws.account import Accounts
from bot.command import Action, Ledger, World
from bot.grammar.grammar import Grammar
from bot.operation import Operation
from bot.policy.decision import Person
from bot.policy.policy import Policy
from bot.schedule import Schedule
from bot.store.database import Database


class People(Protocol):
    """Who is who."""

    def person(self, user: str) -> Person:
        """This user with the groups they are in; somebody nobody named is in none."""

    def everybody(self) -> Iterable[Person]:
        """All who are in any group."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long things may take."""

    approval: timedelta = timedelta(minutes=30)  # from plan to the last click
    start: timedelta = timedelta(minutes=60)  # from the last click to the first call
    tries: int = 8  # of a call that was certainly not carried out
    repeats: int = 5  # of a call whose answer was cut off


@dataclass(frozen=True, slots=True)
class Path:
    """Everything a stage needs; made once, by `bot.wiring`."""

    db: Database
    grammar: Grammar
    policy: Policy
    people: People
    actions: Mapping[str, Action]
    aws: Accounts
    ledger: Ledger
    schedules: Mapping[str, Schedule]
    languages: Mapping[str, str]  # channel -> language
    language: str  # of channels that say nothing
    zone: ZoneInfo  # the team's
    now: Callable[[], datetime]
    calls: Executor  # AWS calls of one operation go out side by side
    ring: Callable[[], None]  # somebody should look for work
    limits: Limits = Limits()

    def world(self, operation: Operation) -> World:
        """What the operation's verb and actions may see."""
        return World(self.now(), operation.ask.asker.person, self.aws, self.ledger)

    def observer(self) -> World:
        """What a look at AWS may see; nobody in particular asks."""
        return World(self.now(), "", self.aws, self.ledger)

    def language_in(self, channel: str) -> str:
        """The language of a shared channel."""
        return self.languages.get(channel, self.language)
