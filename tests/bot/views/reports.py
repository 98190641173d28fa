"""Reports to render: one of each kind, made by hand."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.language import Languages
from bot.operation import Ask, Asker, Door, Operation, Report, State, StepRow, StepState
from bot.plan import Left, Plan, Resource, Step, Unread
from bot.views.speaker import Speaker
from bot.words import Words, words

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
TOKYO = ZoneInfo("Asia/Tokyo")
HASH = "0123456789abcdef" * 4


def speaker(language: str = "en") -> Speaker:
    return Speaker(Languages.load(), language, TOKYO)


def instance(id_: str = "i-0abc", name: str = "web-1") -> Resource:
    return Resource("prod", "ap-northeast-1", "instance", id_, name)


def step(id_: str = "i-0abc", name: str = "web-1", warnings: tuple[Words, ...] = ()) -> Step:
    before, after = (("state", "running"),), (("state", "stopped"),)
    return Step(f"stop/{id_}", "ec2.stop", instance(id_, name), before, after, warnings=warnings)


def row(state: StepState = StepState.PLANNED, reason: Words | None = None, **of_step: Any) -> StepRow:
    return StepRow(1, step(**of_step), state, reason, "", None, 0, 0)


def operation(state: State = State.WAITING, **changes: Any) -> Operation:
    ask = Ask("key", Door.SLASH, Asker("U0ASKER"), "ec2 stop tag:env=dev", NOW)
    made = Operation(
        number=12,
        ask=ask,
        state=state,
        plan=Plan(words("stop the instances of dev")),
        plan_hash=HASH,
        needs=1,
        reason=None,
        fence=0,
        created=NOW,
        expires=NOW + timedelta(minutes=30),
        started=None,
        ended=None,
        cancelled_by="",
        could_approve=("U0ANNA", "U0BEN"),
    )
    return replace(made, **changes)


def report(state: State = State.WAITING, **changes: Any) -> Report:
    rows: tuple[StepRow, ...] = changes.pop("steps", (row(),))
    counts: Mapping[StepState, int] = changes.pop("counts", {StepState.PLANNED: len(rows)})
    shows = changes.pop("shows", {})
    approvals = changes.pop("approvals", ())
    return Report(operation(state, **changes), counts, rows, shows, approvals)


def left(id_: str = "i-0left") -> Left:
    return Left(instance(id_, "db-1"), words("is stopped already"))


def unread() -> Unread:
    return Unread(instance().place, words("no answer"))
