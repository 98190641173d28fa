"""What a command is: a verb, the actions it plans, and the world it may read.

Above the leaves `words`, `targets`, `arguments`, `plan`, `brief` and `costs`; commands/ import these, this,
and nothing else of bot/ but `refusals`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeVar
from zoneinfo import ZoneInfo

from aws.account import Accounts, Place
from bot.brief import Ledger
from bot.costs import Costs, NoCosts
from bot.drill import Drills, NoDrills
from bot.hours import Hours
from bot.no_troubles import NoTroubles
from bot.plan import Fields, File, Left, Plan, Step
from bot.trouble import Troubles
from bot.words import Words

Args = TypeVar("Args")

WAY_BACK = timedelta(hours=1)
"""How long a way back that AWS refuses is asked for again, and how long AWS may take to show it."""


class Risk(StrEnum):
    """How much a verb can hurt; the policy turns it into the approvals it needs."""

    NONE = "none"  # only answers
    CHANGE = "change"  # another command can undo it
    DESTROY = "destroy"  # nothing can undo it


class Replay(StrEnum):
    """What may be done when the answer to a call was cut off."""

    REPEATABLE = "repeatable"  # the same call again does no harm
    BY_TOKEN = "by client token"  # noqa: S105 - AWS itself recognises the second call
    BY_TAG = "findable by tag"  # look for what the first call made, then call again
    AT_MOST_ONCE = "at most once"  # never again: the step ends as unknown


@dataclass(frozen=True, slots=True)
class Batch:
    """One call to AWS that carries one or more steps of one action in one place."""

    operation: int
    token: str  # the same at every try of this batch, and on the tags of what it makes
    place: Place
    steps: tuple[Step, ...]
    results: Mapping[str, str]  # step key -> what an earlier step of the plan made


@dataclass(frozen=True, slots=True)
class Called:
    """What a call answered."""

    request_id: str
    results: Mapping[str, str] = field(default_factory=dict)  # step key -> id of what was made


@dataclass(frozen=True, slots=True)
class Sent:
    """A step whose call was answered, on its way to what the plan promised."""

    step: Step
    result: str  # the id of what the call made, or "" when it only changed the target


class Sight(StrEnum):
    """What a look at AWS says about a step that was sent."""

    REACHED = "reached"  # AWS shows what the plan promised
    COMING = "coming"  # not yet
    FAILED = "failed"  # AWS shows that it will not come


@dataclass(frozen=True, slots=True)
class Seen:
    """One step as AWS shows it now."""

    sight: Sight
    shows: Words  # what AWS shows, in its own terms


@dataclass(frozen=True, slots=True)
class Failed:
    """A step that failed, and what is known of it: what an explanation begins with."""

    step: Step
    shows: Words  # what AWS shows of it, or said to its call
    code: str = ""  # AWS's error code, when a call was refused


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the policy says of a line and its plan, for whoever asks."""

    allowed: bool
    approvals: int  # other people who must agree
    why: Words
    rules: tuple[str, ...]  # the names of the rules that decided
    could_approve: tuple[str, ...]


class Rules(Protocol):
    """The policy and the grammar as commands may read them."""

    def read(self, line: str) -> "tuple[Verb[Any], Any]":
        """A line's verb and arguments.  Raises UsageError."""

    def rule(
        self,
        verb: "Verb[Any]",
        steps: Sequence[Step],
        *,
        emergency: bool,
        approvals: int = 0,
        by_the_clock: bool = False,
    ) -> Ruling:
        """What the policy says of these steps, of which their plan wants so many approvals at least.

        `by_the_clock`: if a schedule of whoever asks had asked.
        """

    def groups(self) -> tuple[str, ...]:
        """The groups that whoever asks is in."""

    def allowed(self) -> tuple[str, ...]:
        """The verbs that whoever asks may use on something, as noun.verb."""


@dataclass(frozen=True, slots=True)
class World:
    """What a verb may read: AWS, toban's own state, and the rules."""

    now: datetime
    asker: str  # Slack user id, or the owner of a schedule
    aws: Accounts
    ledger: Ledger
    rules: Rules
    zone: ZoneInfo  # the team's: a night, a day and a month are its
    channel: str = ""  # where it was asked; "" when nobody in particular asks
    hours: Mapping[str, Hours] = field(default_factory=dict)  # the config's calendars of office hours
    costs: Costs = field(default_factory=NoCosts)
    troubles: Troubles = field(default_factory=NoTroubles)
    drills: Drills = field(default_factory=NoDrills)
    asked: datetime | None = None  # when the line was asked, where that is not now: an answer made anew
    told: Plan | None = None  # what was answered before, where it is made anew
    by_the_clock: bool = False  # a schedule asks

    @property
    def due(self) -> datetime:
        """The moment that the line is about."""
        return self.asked or self.now


@dataclass(frozen=True, slots=True)
class Action:
    """One kind of change to AWS or to toban, and how it may be repeated."""

    name: str  # noun.verb, as policy and audit call it
    risk: Risk
    replay: Replay
    iam: tuple[str, ...]  # every IAM action that look, call, find and watch use
    look: Callable[[World, Place, Sequence[Step]], Mapping[str, Fields]]
    """The declared fields of each step's target now; a key that is missing: the target is gone."""
    call: Callable[[World, Batch], Called]
    """Make the one call.  Raises AwsError; NoAnswer when it may or may not have happened."""
    watch: Callable[[World, Place, Sequence[Sent]], Mapping[str, Seen]]
    """How each step stands now; one Describe for all of them."""
    find: Callable[[World, Batch], Called | None] | None = None
    """What an earlier try of this batch made (Replay.BY_TAG), or None."""
    most: int = 1  # steps in one call
    every: timedelta = timedelta(seconds=5)  # between two looks
    within: timedelta = timedelta(minutes=10)  # then the step has failed
    at_once: int | None = None  # steps in one place between their call and their end, of all operations
    settles: timedelta = timedelta(seconds=15)  # until a new resource shows in every listing
    whatever_happens: bool = False  # not even a break in the audit chain stops it: a way back
    explain: Callable[[World, Place, Sequence[Failed]], Mapping[str, Words]] | None = None
    """Why steps failed, by their keys, as far as it can be found out.  Only reads; may raise AwsError."""
    scarce: frozenset[str] = frozenset()
    """AWS's error codes for "none left now": such a step is tried again, alone, until its time is over."""


@dataclass(frozen=True, slots=True)
class Ended:
    """One step as it ended."""

    step: Step
    state: str  # done, failed, skipped, unknown
    why: Words | None
    result: str  # the id of what it made, or ""


@dataclass(frozen=True, slots=True)
class Told:
    """How all of it went, for people: in one line, in a few more, and whole."""

    summary: Words
    lines: tuple[Words, ...] = ()
    file: File | None = None
    well: bool = True  # nothing that was asked for is missing


@dataclass(frozen=True, slots=True)
class Verb(Generic[Args]):
    """One verb of a slash command: ``/noun name …``."""

    noun: str
    name: str
    help: Words  # one sentence
    args: type[Args]  # a frozen dataclass of `arg` fields
    risk: Risk
    iam: tuple[str, ...]  # what planning reads with
    plan: Callable[[Args, World], Plan]  # only reads
    examples: tuple[str, ...]
    actions: tuple[Action, ...] = ()
    tell: Callable[[Sequence[Ended], Sequence[Left]], Told] | None = None
    """How it went, in the verb's own words instead of a count of steps.  Pure."""
    default: bool = False  # a quoted word right behind the noun is this verb's: /run "df -h" on all

    @property
    def action(self) -> str:
        """Its name for policy and audit: noun.verb."""
        return f"{self.noun}.{self.name}"

    @property
    def typed(self) -> str:
        """Noun and verb as people type and read them: run-zone is two words, ``failover run zone``."""
        return f"{self.noun} {self.name.replace('-', ' ')}"
