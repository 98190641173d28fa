"""List the schedules: what the clock asks, when, for whom, and how it went."""

from dataclasses import dataclass

from bot.brief import ScheduleBrief
from bot.command import Risk, Verb, World
from bot.plan import Plan
from bot.words import plural, words
from commands.reading import table
from commands.schedule import _named


@dataclass(frozen=True, slots=True)
class Args:
    """/schedule list is told nothing."""


def plan(_args: Args, world: World) -> Plan:
    """One row for each schedule; nothing changes."""
    schedules = world.ledger.schedules()
    heads = (
        words("Schedule"),
        words("When"),
        words("Line"),
        words("Owner"),
        words("Agreed"),
        words("Next"),
        words("Last"),
    )
    notes = tuple(note for one in schedules for note in _named.notes(one))
    summary = plural("{n} schedule", "{n} schedules", len(schedules))
    return Plan(summary, notes=notes, table=table(heads, [_row(one) for one in schedules]))


def _row(one: ScheduleBrief) -> tuple[str, ...]:
    return (
        one.name,
        one.when,
        one.line,
        f"<@{one.owner}>",
        " ".join(f"<@{person}>" for person in one.approved_by) or "–",
        _next(one),
        f"#{one.last.number} {one.last.state}" if one.last else "–",
    )


def _next(one: ScheduleBrief) -> str:
    """The runs to come, the year and the zone only once; none while it does not run."""
    if one.disabled or one.paused_by or not one.next_runs:
        return "–"
    first, *later = one.next_runs
    return " · ".join([f"{first:%Y-%m-%d %H:%M %Z}", *(f"{run:%m-%d %H:%M}" for run in later)])


VERB = Verb(
    noun="schedule",
    name="list",
    help=words("List the schedules: what the clock asks, when, for whom, and how it went."),
    args=Args,
    risk=Risk.NONE,
    iam=(),
    plan=plan,
    examples=("/schedule list",),
)
