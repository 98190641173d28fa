"""An ask and the operation it becomes: their states, and the moves that are allowed.

The states are one sentence each and the moves one table; the database refuses every other move.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot import words
from bot.command import Told
from bot.plan import Plan, Step
from bot.words import Words
from bot.words import words as _


class Door(StrEnum):
    """Where an ask came in."""

    SLASH = "slash"  # a slash command
    MENTION = "mention"  # @toban in a channel or thread
    CLOCK = "clock"  # a schedule
    BUTTON = "button"  # a button that asks a line
    CLI = "cli"  # the console script
    FORM = "form"  # a form that was filled in
    EVENT = "event"  # a rule, about an event of AWS's


class State(StrEnum):
    """Where an operation stands."""

    ASKED = "asked"  # the line is stored; nothing was read yet
    WAITING = "waiting"  # planned; other people must agree
    QUEUED = "queued"  # planned and agreed; carrying out has not begun
    RUNNING = "running"  # being carried out, or waiting for AWS to show the result
    ANSWERED = "answered"  # the plan had no steps: it was the answer
    REFUSED = "refused"  # policy, or the audit log's state, does not allow it
    DENIED = "denied"  # a colleague said no
    EXPIRED = "expired"  # nobody agreed, or nothing began, in time
    CANCELLED = "cancelled"  # stopped by a person; what was done is reported
    DONE = "done"  # every step is verified
    PARTLY = "partly"  # some steps are done, others are not; each is reported
    FAILED = "failed"  # no step was done, or the plan could not be made or begun
    UNKNOWN = "unknown"  # at least one step may or may not have happened: please look


MOVES: dict[State, frozenset[State]] = {
    State.ASKED: frozenset(
        {State.ANSWERED, State.WAITING, State.QUEUED, State.REFUSED, State.FAILED, State.CANCELLED}
    ),
    State.WAITING: frozenset({State.QUEUED, State.REFUSED, State.DENIED, State.EXPIRED, State.CANCELLED}),
    State.QUEUED: frozenset({State.RUNNING, State.REFUSED, State.EXPIRED, State.FAILED, State.CANCELLED}),
    State.RUNNING: frozenset({State.DONE, State.PARTLY, State.FAILED, State.CANCELLED, State.UNKNOWN}),
}
"""From each state the states it may move to; a state without an entry is an end."""

ENDS = frozenset(State) - MOVES.keys()

TITLES: Mapping[State, Words] = {
    State.ASKED: _("looking at AWS"),
    State.WAITING: _("waiting for approval"),
    State.QUEUED: _("about to begin"),
    State.RUNNING: _("under way"),
    State.ANSWERED: _("answered"),
    State.REFUSED: _("refused"),
    State.DENIED: _("denied"),
    State.EXPIRED: _("expired"),
    State.CANCELLED: _("cancelled"),
    State.DONE: _("done"),
    State.PARTLY: _("partly done"),
    State.FAILED: _("failed"),
    State.UNKNOWN: _("outcome unknown, please look"),
}


class StepState(StrEnum):
    """Where one step of an operation stands."""

    PLANNED = "planned"  # nothing was sent
    SENT = "sent"  # its batch's intent is committed: the call may have happened
    AWAITING = "awaiting"  # the call was answered; AWS does not show the result yet
    DONE = "done"  # AWS shows the result
    FAILED = "failed"  # AWS refused, or the result did not come in time
    SKIPPED = "skipped"  # not sent, and why
    UNKNOWN = "unknown"  # the answer was cut off and may not be asked for again


STEP_MOVES: dict[StepState, frozenset[StepState]] = {
    StepState.PLANNED: frozenset({StepState.SENT, StepState.DONE, StepState.SKIPPED, StepState.FAILED}),
    StepState.SENT: frozenset(
        {StepState.PLANNED, StepState.AWAITING, StepState.DONE, StepState.FAILED, StepState.UNKNOWN}
    ),
    StepState.AWAITING: frozenset({StepState.DONE, StepState.FAILED, StepState.UNKNOWN}),
}
STEP_ENDS = frozenset(StepState) - STEP_MOVES.keys()


class BatchState(StrEnum):
    """Where one call stands."""

    INTENDED = "intended"  # committed before the call; whoever finds it later does not know if it happened
    ANSWERED = "answered"  # AWS said yes
    REFUSED = "refused"  # AWS said no, or the call was certainly not made
    UNKNOWN = "unknown"  # the answer was cut off for good


class IllegalMove(Exception):
    """The operation is no longer in the state this move starts from."""


class Fenced(Exception):
    """Another worker holds this operation now; what this one knows of it is out of date."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, and where the answers go."""

    person: str  # Slack user id
    team: str = ""
    channel: str = ""
    thread: str = ""  # ts of the thread the ask was made in
    response_url: str = ""  # lives 30 minutes, 5 uses ("Handling user interaction", Slack)
    language: str = "en"  # of the person


@dataclass(frozen=True, slots=True)
class Ask:
    """One delivery of one line: what a person typed, or the clock."""

    key: str  # unique for ever: trigger id, schedule and due time, event id
    door: Door
    asker: Asker
    line: str  # canonical: `noun verb arguments`, as the grammar renders it
    at: datetime
    schedule: str = ""  # the name of the schedule that asks


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation as it stands."""

    number: int
    ask: Ask
    state: State
    plan: Plan | None  # with its steps
    plan_hash: str
    needs: int  # how many other people must agree
    reason: words.Words | None  # why it ended so, or why it waits
    fence: int
    created: datetime
    expires: datetime | None
    started: datetime | None
    ended: datetime | None
    cancelled_by: str
    could_approve: tuple[str, ...]  # people, as found when it was planned
    emergency: str = ""  # why it could not wait for an approval
    reviewed_by: str = ""  # who looked at an emergency afterwards

    @property
    def wants_review(self) -> bool:
        """Whether this was an emergency that nobody has looked at since."""
        return bool(self.emergency) and not self.reviewed_by and self.started is not None


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of an operation as it stands."""

    id: int
    step: Step
    state: StepState
    reason: words.Words | None
    result: str  # id of what the step made
    batch: int | None
    chunk: int  # at most so many steps may share its call; 0: as the action says
    tries: int  # calls that were certainly not carried out
    until: datetime | None = None  # the moment it waits for, and for nothing else


@dataclass(frozen=True, slots=True)
class Approval:
    """One person's decision about one plan."""

    person: str
    plan_hash: str
    agrees: bool
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Report:
    """What there is to show of an operation at one moment; sized for a card, whatever the plan's size."""

    operation: Operation  # its plan's steps are not filled in here
    counts: Mapping[StepState, int]
    steps: tuple[StepRow, ...]  # a few: trouble first, then under way, then the rest in the plan's order
    shows: Mapping[str, words.Words]  # step key -> what AWS showed at the last look
    approvals: tuple[Approval, ...]
    told: Told | None = None  # how it went in its verb's own words, at its end
    until: datetime | None = None  # the first moment that a step waits for, and for nothing else

    @property
    def total(self) -> int:
        """How many steps the plan has."""
        return sum(self.counts.values())
