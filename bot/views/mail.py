"""A mail about an operation: what it says, out of what its schedule's channel is told.

The same facts as the message in Slack, made from the plan and the report and not from Slack's blocks.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from bot.operation import TITLES, Operation, Report, State, StepRow
from bot.plan import Plan, Resource, Table
from bot.views.progress import tally
from bot.views.speaker import Speaker
from bot.views.states import NOT_WELL, STEP_SIGNS, sign
from bot.views.steps import change
from bot.views.table import spoken
from bot.views.text import clipped, tame
from bot.views.told import lasted
from bot.words import Words, plural, words

SUBJECT, SHOWN = 200, 40  # UTF-16 units; lines of a part
NOT_FINAL = words("It is not final: what changes is corrected in the message in Slack, not by another mail.")
_PERSON = re.compile(r"<@([UW][A-Z0-9]+)>")
Said: TypeAlias = "Words | str"
"""A sentence, or text that reads as it is."""


@dataclass(frozen=True, slots=True)
class Item:
    """A line about something: its name, and what is said of it."""

    name: str
    said: Words | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Lines that belong together."""

    head: Said
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that a mail says, in its order."""

    subject: str
    title: Said
    lines: tuple[Said, ...] = ()  # below the title
    picture: Words | None = None  # what a chart shows, in a sentence
    lacks: tuple[Words, ...] = ()  # what the picture of it does not show
    table: Table | None = None
    parts: tuple[Part, ...] = ()
    notes: tuple[Words, ...] = ()
    offers: Part | None = None
    small: tuple[Words, ...] = ()  # what is said at the very end


def sheet(report: Report, speak: Speaker, *lacks: Words, files: Iterable[str] = ()) -> Sheet:
    """What there is to say of an answer or an end; what its picture `lacks`, and which files come with it."""
    operation, plan = report.operation, report.operation.plan
    answered = operation.state is State.ANSWERED
    lines = () if answered else tuple(_end(report, speak))
    title = _title(report)
    chart = plan.chart if plan else None
    return Sheet(
        subject=_subject(title, report, speak),
        title=title,
        lines=lines,
        picture=chart.alt if chart else None,
        lacks=lacks,
        table=plan.table if plan else None,
        parts=(*_steps(report, speak), *(_beside(plan) if plan else ())),
        notes=plan.notes if plan else (),
        offers=_offers(plan) if plan and plan.offers else None,
        small=(*map(_attached, files), *([NOT_FINAL] if plan and plan.again else []), _source(operation)),
    )


def cells(table: Table, speak: Speaker) -> list[list[str]]:
    """The rows as they can be shown: each cell on one line, people by their ids."""
    return [[_PERSON.sub(r"\1", tame(cell)) for cell in row] for row in spoken(table, speak)[1:]]


def _title(report: Report) -> Said:
    """The answer in a sentence; how it went; or what was to be done."""
    operation = report.operation
    if report.told:
        return report.told.summary
    return operation.plan.summary if operation.plan else tame(f"/{operation.ask.line}")


def _subject(title: Said, report: Report, speak: Speaker) -> str:
    operation = report.operation
    text = title if isinstance(title, str) else speak.plain(title)
    if report.told and not report.told.well:
        text = f"{NOT_WELL} {text}"
    elif not report.told and operation.state is not State.ANSWERED:
        text = f"{text} – {speak.plain(TITLES[operation.state])}"
    return clipped(text, SUBJECT)


def _end(report: Report, speak: Speaker) -> Iterable[Said]:
    """How it stands, why, and what its verb has to say of it."""
    operation = report.operation
    state = f"{sign(report)} #{operation.number} · {speak.plain(TITLES[operation.state])}"
    yield f"{state}{lasted(operation, speak)}"
    if operation.reason:
        yield operation.reason
    if operation.state is State.UNKNOWN:
        yield words("look at the steps marked ❓ in AWS before asking again")
    yield from report.told.lines if report.told else ()


def _steps(report: Report, speak: Speaker) -> list[Part]:
    """Where a verb has no words of its own: the sum, and the steps, trouble first."""
    if report.told or not report.total:
        return []
    items = [
        Item(f"{STEP_SIGNS[row.state]} {_target(row.step.target)}{_change(row)}", row.reason)
        for row in report.steps
    ]
    return [_part(tally(report, speak), items, report.total)]


def _change(row: StepRow) -> str:
    said = tame(change(row.step))
    return f" · {said}" if said else ""


def _beside(plan: Plan) -> Iterable[Part]:
    """What is left alone, and what could not be read."""
    if plan.left:
        n = len(plan.left)
        head = plural("{n} target is left as it is", "{n} targets are left as they are", n)
        yield _part(head, [Item(_target(one.target), one.why) for one in plan.left], n)
    if plan.unread:
        n = len(plan.unread)
        head = plural("{n} place could not be read", "{n} places could not be read", n)
        items = [Item(tame(f"{one.place.account}/{one.place.region}"), one.why) for one in plan.unread]
        yield _part(head, items, n)


def _offers(plan: Plan) -> Part:
    """What is a button in Slack."""
    items = [Item(tame(f"/{offer.line}"), offer.label) for offer in plan.offers]
    return _part(words("To go on, type in Slack:"), items, len(items))


def _part(head: Said, items: list[Item], total: int) -> Part:
    shown = items[:SHOWN]
    return Part(head, (*shown, *_more(total - len(shown))))


def _more(n: int) -> list[Item]:
    return [Item("", plural("… and {n} more", "… and {n} more", n))] if n > 0 else []


def _target(resource: Resource) -> str:
    parts = (resource.id, resource.name, f"{resource.account}/{resource.region}")
    return tame(" ".join(part for part in parts if part))


def _attached(name: str) -> Words:
    return words("all of it is in the file {name}", name=name)


def _source(operation: Operation) -> Words:
    return words(
        "{line}, asked by the schedule {schedule}; in Slack it is #{number}",
        line=tame(f"/{operation.ask.line}"),
        schedule=operation.ask.schedule,
        number=operation.number,
    )
