"""The complete plan as a text file: every step, what is left alone, what could not be read, the full hash."""

from collections.abc import Iterable, Iterator

from bot.operation import TITLES, Report, StepRow, StepState
from bot.plan import Plan, Resource, Table
from bot.views.speaker import Speaker
from bot.views.states import SIGNS, STEP_SIGNS, asked
from bot.views.steps import change, moment
from bot.views.table import lines, spoken
from bot.views.text import tame
from bot.words import plural, words


def plan_text(report: Report, steps: Iterable[StepRow], speak: Speaker) -> str:
    """The file; `steps` are all of them, in the plan's order."""
    operation = report.operation
    head = [
        f"#{operation.number} {SIGNS[operation.state]} {speak.plain(TITLES[operation.state])}",
        tame(f"/{operation.ask.line}"),
        speak.plain(asked(operation)),
        speak.plain(words("asked {at}", at=operation.ask.at)),
        speak.plain(words("plan {hash}", hash=operation.plan_hash)),
    ]
    return "\n".join([*head, *_body(operation.plan, steps, speak)]) + "\n"


def _body(plan: Plan | None, steps: Iterable[StepRow], speak: Speaker) -> Iterator[str]:
    if plan is None:
        return
    yield from ("", speak.plain(plan.summary))
    yield from _part(_steps(steps, speak))
    if plan.table:
        yield from _part(_table(plan.table, speak))
    yield from _part(_left(plan, speak))
    yield from _part(_unread(plan, speak))
    yield from _part(speak.plain(note) for note in plan.notes)


def _part(found: Iterable[str]) -> list[str]:
    """A blank line and the lines, or nothing."""
    kept = list(found)
    return ["", *kept] if kept else []


def _steps(steps: Iterable[StepRow], speak: Speaker) -> Iterator[str]:
    for number, row in enumerate(steps, start=1):
        parts = (row.step.action, _target(row.step.target), tame(change(row.step)), tame(row.result))
        yield f"{number:>5} {STEP_SIGNS[row.state]} {'  '.join(filter(None, parts))}"
        known = (row.reason, moment(row) if row.state is StepState.PLANNED else None, *row.step.warnings)
        for said in filter(None, known):
            yield f"        {speak.plain(said)}"


def _table(table: Table, speak: Speaker) -> list[str]:
    return lines([[tame(cell) for cell in row] for row in spoken(table, speak)])


def _left(plan: Plan, speak: Speaker) -> Iterator[str]:
    if plan.left:
        n = len(plan.left)
        yield speak.plain(plural("{n} target is left as it is", "{n} targets are left as they are", n))
    for item in plan.left:
        yield f"    {_target(item.target)}: {speak.plain(item.why)}"


def _unread(plan: Plan, speak: Speaker) -> Iterator[str]:
    for item in plan.unread:
        where = f"{item.place.account}/{item.place.region}"
        yield speak.plain(words("{place} could not be read: {why}", place=where, why=item.why))


def _target(resource: Resource) -> str:
    parts = (resource.id, resource.name, f"{resource.account}/{resource.region}")
    return "  ".join(tame(part) for part in dict.fromkeys(parts) if part)
