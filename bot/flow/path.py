"""What every stage of the path is handed: the state, the rules, and the ways out."""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor, wait
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar
from zoneinfo import ZoneInfo

from aws.account import Accounts
from bot.bell import Topic
from bot.brief import Ledger
from bot.command import Action, Verb, World
from bot.console import Console
from bot.costs import Costs, NoCosts
from bot.drill import Drills, NoDrills
from bot.flow.people import People
from bot.flow.rules import RulesFor
from bot.grammar.grammar import Grammar
from bot.hours import Hours
from bot.no_troubles import NoTroubles
from bot.operation import Door, Operation
from bot.policy.policy import Policy
from bot.schedule import Schedule
from bot.store.database import Database
from bot.trouble import Troubles

T = TypeVar("T")
R = TypeVar("R")


def always() -> bool:
    """Whoever is alone is on duty."""
    return True


class Ring(Protocol):
    """Wakes whoever looks for work."""

    def __call__(self, *topics: Topic) -> None:
        """There may be work about these."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long things may take."""

    approval: timedelta = timedelta(minutes=30)  # from plan to the last click
    start: timedelta = timedelta(minutes=60)  # from the last click to the first call
    tries: int = 8  # of a call that was certainly not carried out
    repeats: int = 5  # of a call whose answer was cut off
    stumbles: int = 5  # mistakes of ours, until an operation is given up


@dataclass(frozen=True, slots=True)
class Path:
    """Everything a stage needs; made once, by `bot.wiring`."""

    db: Database
    grammar: Grammar
    policy: Policy
    people: People
    verbs: Mapping[str, Verb[Any]]
    actions: Mapping[str, Action]
    aws: Accounts
    ledger: Ledger
    schedules: Mapping[str, Schedule]
    languages: Mapping[str, str]  # channel -> language
    language: str  # of channels that say nothing; "": the workspace's
    zone: ZoneInfo  # the team's
    now: Callable[[], datetime]
    calls: Executor  # AWS calls of one operation go out side by side
    ring: Ring  # somebody should look for work
    limits: Limits = Limits()
    hours: Mapping[str, Hours] = field(default_factory=dict)  # the config's calendars of office hours
    costs: Costs = field(default_factory=NoCosts)
    troubles: Troubles = field(default_factory=NoTroubles)
    drills: Drills = field(default_factory=NoDrills)
    console: Console = field(default_factory=Console)  # where the names of resources lead
    spoken: Callable[[], str] = str  # the workspace's language; "" while it is not known
    on_duty: Callable[[], bool] = always  # whether this process does what one of several does for all

    def side_by_side(self, do: Callable[[T], R], items: Iterable[T]) -> list[R]:
        """Do it for each at the same time; what one raises is raised when all have come to their end.

        A call that is still on its way must not outlive the worker's hold on its operation.
        """
        begun = [self.calls.submit(do, item) for item in items]
        wait(begun)
        return [one.result() for one in begun]

    def world(self, operation: Operation) -> World:
        """What the operation's verb and actions may see."""
        asker = operation.ask.asker
        seen = self.world_of(asker.person, operation.ask.door, asker.channel)
        return replace(seen, asked=operation.ask.at, told=operation.plan)

    def observer(self) -> World:
        """What a look at AWS may see; nobody in particular asks."""
        return self.world_of("", Door.CLOCK)

    def world_of(self, asker: str, door: Door, channel: str = "") -> World:
        """What somebody who asks at this door, in this channel, may see."""
        rules = RulesFor(self.grammar, self.policy, self.people, self.actions, self.verbs, asker, door)
        return World(
            now=self.now(),
            asker=asker,
            aws=self.aws,
            ledger=self.ledger,
            rules=rules,
            zone=self.zone,
            channel=channel,
            hours=self.hours,
            costs=self.costs,
            troubles=self.troubles,
            drills=self.drills,
            by_the_clock=door is Door.CLOCK,
        )

    def language_in(self, channel: str) -> str:
        """The language of a shared channel: its own, else what holds for all, else the workspace's."""
        return self.languages.get(channel, "") or self.language or self.spoken() or "en"
