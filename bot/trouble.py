"""A trouble: what events say is wrong, from its begin to its end; one message tells of it all the time.

A leaf of bot/: it imports no other part of bot/ but `chart`, `event`, `plan`, `pattern` and `words`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Literal, Protocol

from bot.chart import Chart
from bot.event import Event
from bot.pattern import Pattern
from bot.plan import Offer
from bot.words import Words, words


class Severity(StrEnum):
    """How much it matters; a rule may say otherwise than the event."""

    INFO = "info"  # to be known
    WARNING = "warning"  # to be looked at today
    CRITICAL = "critical"  # to be looked at now


class Phase(StrEnum):
    """What an event is in the life of its trouble."""

    BEGINS = "begins"
    GOES_ON = "goes on"  # news of one that has begun; begins it when it has not
    ENDS = "ends"
    TELLS = "tells"  # something that has happened, and has no end


@dataclass(frozen=True, slots=True)
class Reading:
    """What an event means.  Made by a pure function for each kind of event (`jobs/readings`)."""

    subject: str  # what it is about: the same for all events of one trouble, such as an alarm's ARN
    phase: Phase
    title: Words  # one line
    severity: Severity = Severity.WARNING
    facts: tuple[Words, ...] = ()  # a line each
    names: Mapping[str, str] = field(default_factory=dict)
    """What lines of rules may name in braces: instance, volume, alarm, group, database, account, region …"""
    offers: tuple[Offer, ...] = ()  # buttons that make sense whatever the rule says
    cause: str = ""  # troubles of one cause, such as a service of an account, are told together in a storm
    metric: Mapping[str, str] = field(default_factory=dict)  # of a CloudWatch alarm: what its picture shows
    ignorable: bool = False  # whoever does nothing about it shall say why: there is a button for that
    starts: datetime | None = None  # of what AWS has scheduled: somebody may want to be reminded before


When = Literal["begin", "end"]
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class AlarmRules:
    """What holds for all alarms."""

    aws_pictures: bool = True  # CloudWatch's own picture of a metric is tried before toban draws one
    keep: timedelta = timedelta(days=90)  # how long events are kept as they came


@dataclass(frozen=True, slots=True)
class Rule:
    """What the config wants done with events that fit a pattern; the first that fits counts."""

    name: str
    pattern: Pattern
    channel: str
    severity: Severity | None = None  # None: as the reading says
    mention: str = ""  # a person or user group that is called when it begins
    buttons: tuple[str, ...] = ()  # lines, with names in braces
    do: str = ""  # a line that is asked
    when: When = "begin"  # it begins, or again; or it ends
    owner: str = ""  # whose rights `do` runs with
    reopen: timedelta = timedelta(minutes=30)  # what begins again within this goes on with its old message
    after: tuple[timedelta, ...] = ()  # nobody acknowledges: mention again, then wider, then the topic
    wider: str = ""  # who is called the second time
    topic: str = ""  # an SNS topic that is told the third time: SMS, telephones, a pager
    at_most: int = 20  # times that `do` is asked within an hour
    lasts: timedelta | None = None  # of what has no end: over by itself then; None: as its severity says

    def ends_after(self, severity: Severity) -> timedelta | None:
        """How long what only tells stays open; None: until somebody acknowledges it."""
        return self.lasts or (None if severity is Severity.CRITICAL else A_DAY)


class State(StrEnum):
    """Where a trouble stands."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"  # somebody looks at it
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Unasked:
    """A line of its rule that was not asked, and why; it stands there to be clicked."""

    line: str
    why: Words


@dataclass(frozen=True, slots=True)
class Trouble:
    """A trouble as it stands."""

    number: int
    rule: str
    subject: str
    account: str  # by its name in the config
    region: str
    severity: Severity
    state: State
    title: Words
    facts: tuple[Words, ...]
    names: Mapping[str, str]
    offers: tuple[Offer, ...]
    channel: str
    began: datetime
    last: datetime  # AWS's time of the newest event
    ended: datetime | None
    times: int  # that it has begun; 0: only its end has come, and nobody was told
    tells: bool  # it has no end
    acknowledged_by: str = ""
    acknowledged_at: datetime | None = None
    snoozed_until: datetime | None = None
    silenced_by: str = ""
    stage: int = 0  # how many of the rule's calls were made
    storm: int | None = None  # it is told of in this storm's message instead of one of its own
    context: tuple[Words, ...] = ()  # what was found out about it afterwards
    metric: Mapping[str, str] = field(default_factory=dict)
    chart: Chart | None = None  # the metric around the moment at which it began
    mention: str = ""  # who is called when it begins
    cause: str = ""
    operation: int | None = None  # that its rule began
    ignorable: bool = False  # whoever does nothing about it says why
    starts: datetime | None = None  # when what AWS has scheduled begins
    came: datetime | None = None  # when its newest begin came in, by our clock
    unasked: Unasked | None = None  # what its rule wanted done and was not asked for
    look: datetime | None = None  # when more is to be found out about it; None: nothing is

    @property
    def clickable(self) -> tuple[Offer, ...]:
        """Its buttons that ask a line: the one that its rule did not ask first; of what is over no other."""
        held = self.unasked.line if self.unasked else ""
        rest = () if self.state is State.OVER else self.offers
        ours = (Offer(words("{line}", line=f"/{held}"), held),) if held else ()
        return ours + tuple(one for one in rest if one.line != held)


@dataclass(frozen=True, slots=True)
class Seen:
    """An event beside what it means and the rule that it fits."""

    event: Event
    reading: Reading
    rule: Rule


@dataclass(frozen=True, slots=True)
class Came:
    """One event as it came, in a line."""

    at: datetime
    source: str
    kind: str
    account: str
    outcome: str
    trouble: int | None
    why: Words | None = None  # of what was refused or set aside


@dataclass(frozen=True, slots=True)
class Silence:
    """What somebody does not want to hear of for a while."""

    rule: str
    subject: str  # "": all of the rule
    until: datetime
    person: str


@dataclass(frozen=True, slots=True)
class Trial:
    """What would happen if an event came; nothing has."""

    event: Event
    reading: Reading
    rule: Rule | None  # the first that fits
    line: str  # that its rule would ask, filled in; "" when none
    lacks: str  # a name that the line wants and the event has not
    misfit: Words | None = None  # the first thing of a named rule's pattern that the event does not fit


class Troubles(Protocol):
    """The third door as commands may see it, and what people say to it."""

    def rules(self) -> Sequence[Rule]:
        """The rules of the config, in their order."""

    def find(self, states: Sequence[State], most: int = 100) -> Sequence[Trouble]:
        """Troubles in these states, the newest first."""

    def get(self, number: int) -> Trouble | None:
        """One trouble, or None."""

    def about(self, subject: str, most: int = 20) -> Sequence[Trouble]:
        """The newest troubles about something."""

    def events(self, most: int = 50, trouble: int | None = None) -> Sequence[Came]:
        """The newest events, whatever became of them, of one trouble if one is named."""

    def fired(self) -> Mapping[str, datetime]:
        """When the newest trouble of each rule began; a rule that never fired is absent."""

    def silences(self) -> Sequence[Silence]:
        """What is silent now."""

    def attempt(self, envelope: Mapping[str, Any], rule: str = "") -> Trial:
        """What would happen to an event, by one rule if it is named.  Raises UsageError for what is none."""

    def say(self, channel: str, said: Words) -> str:
        """A sentence in a channel's language, for what leaves Slack, such as a text message."""

    def link(self, number: int) -> str:
        """Where its message stands in Slack; "" while there is none."""

    def acknowledge(self, number: int, person: str, reason: str = "") -> None:
        """Somebody looks at it: nobody else is called; the second time changes nothing."""

    def snooze(self, number: int, until: datetime, person: str) -> None:
        """Nobody is called about it until then."""

    def silence(self, rule: str, subject: str, until: datetime, person: str) -> None:
        """Nobody hears of it until then; a moment that is past ends it."""
