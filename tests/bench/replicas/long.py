"""A database as years leave it: a million audit lines of a hundred thousand operations, filled in quickly.

The rows are as the path writes them; their order, their shapes and what is rare among them too.  They are
not sealed: that takes longer than all the rest, and nothing that is asked here looks at seals.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Table

from bot.canonical import plan_to_json, step_to_json
from bot.operation import State, StepState
from bot.plan import Plan, Resource, Step
from bot.store import event_schema, schema
from bot.store.audit import Event
from bot.trouble import State as TroubleState
from bot.words import plural

OPERATIONS, LINES = 100_000, 10  # operations, and the lines of each
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
EVERY = timedelta(minutes=5)
RESOURCES, PEOPLE = 5_000, 40
CLOCK, READER, RARE = "U0OWNER", "U0SUZUKI", "U0RARE"  # who owns schedules; who looks; who asked thrice
WAITING, RUNNING, TROUBLES, OPEN_TROUBLES = 30, 12, 20_000, 40
CHANNEL, LINE = "C0OPS", "ec2 stop tag:env=dev"
Row = Sequence[Any]
Put = Callable[[Table, Sequence[str], Iterator[Row]], None]
"""Puts rows of these columns into a table, in its database's own quickest way."""


@dataclass(frozen=True, slots=True)
class Long:
    """How long it is: a tenth of it shows what grows with it."""

    operations: int = OPERATIONS
    plan: str = field(default_factory=lambda: json.dumps(plan_to_json(_plan())))

    @property
    def end(self) -> datetime:
        """When the last of it was written."""
        return BEGIN + self.operations * EVERY

    def fill(self, put: Put) -> None:
        """Put all of it in."""
        numbers = range(1, self.operations + 1)
        put(schema.asks, _ASKS, map(self._ask, numbers))
        put(schema.operations, _OPERATIONS, map(self._operation, numbers))
        put(schema.steps, _STEPS, (row for number in numbers for row in self._steps(number)))
        put(schema.outbox, _LETTERS, map(self._letter, numbers))
        put(schema.audit, _AUDIT, (row for number in numbers for row in self._lines(number)))
        put(event_schema.troubles, _TROUBLES, _troubles())

    def state(self, number: int) -> State:
        """Where an operation stands: the newest wait or run, of the others one in a hundred failed."""
        back = self.operations - number
        if back < WAITING:
            return State.WAITING
        if back < WAITING + RUNNING:
            return State.RUNNING
        if number <= 3:
            return State.UNKNOWN
        if number % 5 in (0, 1):
            return State.ANSWERED
        return State.FAILED if number % 100 == 2 else State.PARTLY if number % 50 == 3 else State.DONE

    def _ask(self, number: int) -> Row:
        person, at = asker(number), _at(number)
        door, schedule = ("clock", f"nightly-{number % 50}") if person == CLOCK else ("slash", "")
        fixed = (door, person, "T0", CHANNEL, "", "", "en", LINE, schedule)
        return (number, f"{door}:{number}", *fixed, at)

    def _operation(self, number: int) -> Row:
        state, at = self.state(number), _at(number)
        begun = at if state not in (State.WAITING, State.ANSWERED) else None
        ended = None if state in (State.WAITING, State.RUNNING) else at
        could = json.dumps([READER]) if state is State.WAITING else None
        wake = at if state is State.RUNNING else None
        return (number, state, self.plan, "0" * 64, 1, at, begun, ended, could, wake, "", "", "", "", 0)

    def _steps(self, number: int) -> Iterator[Row]:
        state = self.state(number)
        if state is State.ANSWERED:
            return
        under_way = {State.WAITING: StepState.PLANNED, State.RUNNING: StepState.AWAITING}
        for each in range(100 if state in under_way else 2):
            target = resource(number + each)
            stands = under_way.get(state, StepState.DONE)
            where = ("ec2.stop", "prod", "ap-northeast-1", target)
            yield (number, f"{target}/{each}", *where, _body(target), stands, "", 0, 0, "", 0)

    def _letter(self, number: int) -> Row:
        ts, at = f"{1_700_000_000 + number}.000100", _at(number)
        return (f"card:{number}:", "card", number, CHANNEL, "", "", "", "en", 3, 2, 2, 0, ts, 0, "", at, "")

    def _lines(self, number: int) -> Iterator[Row]:
        who, at, state = asker(number), BEGIN + number * EVERY, self.state(number)
        for second, event in enumerate(_EVENTS):
            step = event.startswith("step.")
            target = resource(number + second) if step else ""
            outcome = "done" if event == Event.STEP_ENDED else state if event == Event.ENDED else ""
            place = ("ec2.stop", "prod", "ap-northeast-1") if step else ("", "", "")
            fixed = (who, "slash", number, "" if step else LINE, "0" * 64, *place, target, outcome)
            request = f"request-{number}" if event == Event.STEP_ANSWERED else ""
            yield (_text(at + second * _SECOND), event, *fixed, request, "")


def asker(number: int) -> str:
    """Who asked: mostly the clock; somebody once only, long ago."""
    if number <= 3:
        return RARE
    return CLOCK if number % 5 < 3 else f"U{number % PEOPLE:06}"


def resource(number: int) -> str:
    """One of many instances."""
    return f"i-{number % RESOURCES:017x}"


def _troubles() -> Iterator[Row]:
    """Those that are over, and then those that are not."""
    body = json.dumps(_TROUBLE)
    for number in range(1, TROUBLES + 1):
        is_open = number > TROUBLES - OPEN_TROUBLES
        severity = ("info", "warning", "critical")[number % 3]
        state, at = TroubleState.OPEN if is_open else TroubleState.OVER, _at(number)
        place = ("rule", f"alarm-{number % 500}", "prod", "ap-northeast-1")
        yield (*place, severity, state, CHANNEL, "", body, at, at, at, None if is_open else at, 1, 0)


def _at(number: int) -> str:
    return _text(BEGIN + number * EVERY)


def _text(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}.000000"


def _plan() -> Plan:
    return Plan(plural("{n} instance is stopped", "{n} instances are stopped", 2))


def _body(target: str) -> str:
    return _BODY.replace("i-0", target)


def _step() -> Step:
    target = Resource("prod", "ap-northeast-1", "instance", "i-0", "web", (("env", "dev"),))
    return Step("i-0", "ec2.stop", target, (("state", "running"),), (("state", "stopped"),))


_SECOND = timedelta(seconds=1)
_BODY = json.dumps(step_to_json(_step()))
_EVENTS = (
    *(Event.ASKED, Event.PLANNED, Event.APPROVED, Event.STARTED, Event.STEP_INTENDED, Event.STEP_INTENDED),
    *(Event.STEP_ANSWERED, Event.STEP_ENDED, Event.STEP_ENDED, Event.ENDED),
)
_TROUBLE = {
    "title": {"text": "CPU is high"},
    "facts": [],
    "names": {},
    "offers": [],
    "metric": {},
    "mention": "",
    "context": [],
}
_ASKS = tuple(column.name for column in schema.asks.c)
_OPERATIONS = (
    *("id", "state", "plan", "plan_hash", "needs", "created", "started", "ended", "could_approve", "wake"),
    *("cancelled_by", "emergency", "reviewed_by", "lease_owner", "fence"),
)
_STEPS = (
    *("operation", "key", "action", "account", "region", "resource", "body", "state", "result", "chunk"),
    *("tries", "together", "waits_for"),
)
_LETTERS = (
    *("key", "kind", "operation", "channel", "person", "thread", "response_url", "language", "rank"),
    *("version", "sent_version", "doubtful", "ts", "tries", "error", "created", "address"),
)
_AUDIT = (
    *("at", "event", "person", "door", "operation", "line", "plan_hash", "action", "account", "region"),
    *("resource", "outcome", "request_id", "detail"),
)
_TROUBLES = (
    *("rule", "subject", "account", "region", "severity", "state", "channel", "cause", "body", "began"),
    *("last", "came", "ended", "times", "tells"),
)
