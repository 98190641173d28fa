"""The words a command is written in: Arg, Verb, Plan, Step, Action, World.

A leaf of bot/: it imports no other part of bot/ but `words`, and commands/ import nothing else of
bot/ but this, `words` and `targets`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeVar

from aws.account import Accounts, Place
from bot.words import Words, words

Args = TypeVar("Args")
Fields = tuple[tuple[str, str], ...]
"""Named values in the order of their names, such as ``(("state", "running"),)``."""


class UsageError(ValueError):
    """The text does not fit the command; `said` tells what is wrong, where, and what would be right."""

    def __init__(self, said: Words) -> None:
        super().__init__(str(said))
        self.said = said


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
class Resource:
    """What a step acts on, as policy, audit and report see it."""

    account: str  # the name in the config, not the twelve digits
    region: str
    type: str  # EC2's word: instance, volume, snapshot, image; or toban's: schedule, operation
    id: str
    name: str = ""
    tags: Fields = ()

    @property
    def place(self) -> Place:
        """The account and region it lives in."""
        return Place(self.account, self.region)


@dataclass(frozen=True, slots=True)
class Step:
    """One change to one resource: what is approved, carried out, verified, audited and reported."""

    key: str  # unique in its plan and the same in every reading of it
    action: str  # the name of its Action
    target: Resource
    before: Fields  # the declared fields as AWS shows them now; compared again before the call
    after: Fields  # the same fields as AWS shall show them afterwards
    inputs: Fields = ()  # what else the call needs
    group: str = ""  # steps of one group share one call, always
    needs: tuple[str, ...] = ()  # keys of steps that must be done first
    warnings: tuple[Words, ...] = ()  # dependants, what cannot be undone


@dataclass(frozen=True, slots=True)
class Unread:
    """A place that could not be read: nothing is changed there."""

    place: Place
    why: Words


@dataclass(frozen=True, slots=True)
class Left:
    """A target that needs no step, and why."""

    target: Resource
    why: Words


@dataclass(frozen=True, slots=True)
class Table:
    """An answer in rows; cells are AWS's own words, heads are translated."""

    heads: tuple[Words, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class File:
    """An answer too long, or too regular, for a message."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Exactly what will happen.  A plan without steps is simply an answer."""

    summary: Words
    steps: tuple[Step, ...] = ()
    left: tuple[Left, ...] = ()
    unread: tuple[Unread, ...] = ()
    notes: tuple[Words, ...] = ()
    table: Table | None = None
    file: File | None = None


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
class Brief:
    """An operation in one line."""

    number: int
    state: str
    line: str
    person: str
    asked: datetime


@dataclass(frozen=True, slots=True)
class AuditQuery:
    """Which audit lines are wanted; what is empty does not matter."""

    person: str = ""
    resource: str = ""
    operation: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    outcome: str = ""
    limit: int = 20


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One line of the audit log."""

    id: int
    at: datetime
    event: str
    person: str
    door: str
    operation: int | None
    line: str
    action: str
    account: str
    region: str
    resource: str
    outcome: str
    request_id: str
    detail: str


@dataclass(frozen=True, slots=True)
class ScheduleBrief:
    """A schedule as it stands."""

    name: str
    line: str
    when: str  # such as "mon-fri 20:00 Asia/Tokyo"
    owner: str
    channel: str
    digest: str
    approved_by: tuple[str, ...]
    disabled: Words | None
    next_due: datetime | None  # in the schedule's zone
    last: Brief | None


class Ledger(Protocol):
    """toban's own state as commands may read and change it."""

    def pending(self) -> Sequence[Brief]:
        """Operations that wait for somebody or are under way, newest first."""

    def operation(self, number: int) -> Brief | None:
        """One operation, or None."""

    def cancel(self, number: int, person: str) -> Words:
        """Ask an operation to stop between batches; says how far that goes."""

    def unreviewed(self) -> Sequence[Brief]:
        """Emergencies that nobody has looked at since, newest first."""

    def review(self, number: int, person: str) -> None:
        """Record that a person looked at an emergency."""

    def search(self, query: AuditQuery) -> Sequence[AuditLine]:
        """Audit lines, newest first."""

    def audit_is_broken(self) -> bool:
        """Whether a break in the audit chain waits to be looked at."""

    def acknowledge_break(self, person: str, reason: str) -> None:
        """Let changes go on after a break in the audit chain was looked at."""

    def schedules(self) -> Sequence[ScheduleBrief]:
        """The schedules of the config, by name."""

    def approve_schedule(self, name: str, digest: str, person: str) -> None:
        """Record that a person agrees to this schedule as it reads now."""

    def run_schedule(self, name: str, key: str) -> None:
        """Ask a schedule's line now, once for this key."""


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

    def rule(self, verb: "Verb[Any]", steps: Sequence[Step], *, emergency: bool) -> Ruling:
        """What the policy says of these steps."""

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
    settles: timedelta = timedelta(seconds=15)  # until a new resource shows in every listing
    whatever_happens: bool = False  # not even a break in the audit chain stops it: a way back


class Kind(StrEnum):
    """What an argument is made of; the grammar, the forms and the help read this."""

    TARGETS = "targets"  # ids, name:web-*, tag:Key=Value, all -> Targets
    WORD = "word"  # one word -> str
    TEXT = "text"  # everything that is left -> str
    NUMBER = "number"  # -> int
    DURATION = "duration"  # 30s 5m 2h 7d -> timedelta
    CHOICE = "choice"  # one of `choices` -> str
    FLAG = "flag"  # there or not -> bool
    PERSON = "person"  # <@U…> -> user id
    ACCOUNT = "account"  # one of the config's accounts -> str
    REGION = "region"  # one of the config's regions -> str
    SCHEDULE = "schedule"  # one of the config's schedules -> str


@dataclass(frozen=True, slots=True)
class Arg:
    """One argument of a verb; its name is the dataclass field's name."""

    kind: Kind
    help: Words
    option: bool = True  # --name value; False: by position
    required: bool = False
    many: bool = False  # may be given several times -> tuple
    choices: tuple[str, ...] = ()
    at_least: int | None = None
    at_most: int | None = None
    prefixes: tuple[str, ...] = ()  # of ids among TARGETS, such as "i-"


def emergency_arg() -> str:
    """The option --emergency of a verb that changes something; the flow reads it by this name."""
    declared: str = arg(Kind.TEXT, words("do it at once, without an approval, and say why"), default="")
    return declared


def arg(kind: Kind, help: Words, *, default: Any = None, **rest: Any) -> Any:  # noqa: A002 - as dataclasses.field
    """Declare a field of an argument dataclass: ``keep: int = arg(Kind.NUMBER, words(...), default=7)``."""
    declared = Arg(kind, help, **rest)
    if declared.required:
        return field(metadata={"arg": declared})
    return field(default=default, metadata={"arg": declared})


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

    @property
    def action(self) -> str:
        """Its name for policy and audit: noun.verb."""
        return f"{self.noun}.{self.name}"
