"""toban's own state as commands may read and change it, in a few words a thing.

A leaf of bot/: it imports no other part of bot/ but `schedule` and `words`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.schedule import Schedule
from bot.words import Words


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
    next_runs: tuple[datetime, ...] = ()  # the first is `next_due`; the one that is skipped is not among them
    paused_by: str = ""  # "": it is not paused
    paused_at: datetime | None = None
    skips: datetime | None = None  # the run to come that is passed over
    configured: bool = True  # by the config; False: added from chat
    mail: tuple[str, ...] = ()  # addresses that get by mail what it tells its channel


@dataclass(frozen=True, slots=True)
class NightBrief:
    """One run of a verb that somebody relies on every night; also the run that never was."""

    at: datetime  # when it was asked, or fell due
    number: int | None  # of its operation; None: it never ran
    state: str  # of its operation, or MISSED
    line: str
    person: str  # who asked, or owns the schedule
    schedule: str  # "" when a person asked
    took: timedelta | None  # from its first call to its end
    summary: Words | None  # how it went, in its verb's own words
    lines: tuple[Words, ...]
    well: bool  # it has ended, and nothing that was asked for is missing
    why: Words | None  # the reason of its end, or why it never ran


@dataclass(frozen=True, slots=True)
class Held:
    """A resource that an open operation has something planned for, at a moment still to come."""

    account: str
    region: str
    resource: str
    action: str
    until: datetime  # the moment, at the earliest
    number: int  # of the operation
    person: str
    line: str


@dataclass(frozen=True, slots=True)
class Change:
    """The newest thing that toban did to a resource."""

    action: str
    when: datetime
    number: int  # of the operation
    schedule: str = ""  # whose turn it was; "" when somebody asked


MISSED = "missed"
"""The state of a run that fell due and never began."""


class Ledger(Protocol):
    """toban's own state as commands may read and change it."""

    def pending(self) -> Sequence[Brief]:
        """Operations that wait for somebody or are under way, newest first."""

    def operation(self, number: int) -> Brief | None:
        """One operation, or None."""

    def is_open(self, number: int) -> bool:
        """Whether an operation is there and has not ended."""

    def cancel(self, number: int, person: str) -> Words:
        """Ask an operation to stop between batches; says how far that goes."""

    def nights(self, verb: str, since: datetime) -> Sequence[NightBrief]:
        """The runs of a verb, such as "backup.tonight", since then, newest first; also the missed ones."""

    def told_file(self, number: int) -> str:
        """What stands in the file in which an operation's verb told how it went; "" when there is none."""

    def held(self) -> Sequence[Held]:
        """The planned steps of open operations that wait for their moment, the soonest first."""

    def last_change(self, account: str, region: str, resource: str) -> Change | None:
        """The newest step that was done on a resource; None when there was never any."""

    def was(self, account: str, region: str, resource: str, action: str) -> Sequence[tuple[str, str]]:
        """What a resource was before the newest step of this action that was done on it; () for none."""

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
        """The schedules there are, by name."""

    def next_runs(self, one: Schedule, count: int = 3) -> Sequence[datetime]:
        """When a schedule, also one that is only thought of, runs next; in its zone."""

    def approve_schedule(self, name: str, digest: str, person: str) -> None:
        """Record that a person agrees to this schedule as it reads now."""

    def run_schedule(self, name: str, key: str) -> None:
        """Ask a schedule's line now, once for this key."""

    def add_schedule(self, one: Schedule, operation: int) -> None:
        """Add a schedule; who agreed to the operation that adds it has agreed to it as it reads."""

    def pause_schedule(self, name: str, person: str) -> None:
        """It does not run until somebody resumes it."""

    def resume_schedule(self, name: str, person: str) -> None:
        """It runs again, from now on."""

    def skip_run(self, name: str, due: datetime, person: str) -> None:
        """It passes over the run of this moment."""

    def remove_schedule(self, name: str, person: str) -> None:
        """Forget a schedule that was added from chat."""
