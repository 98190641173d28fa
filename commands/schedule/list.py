"""List the schedules: what the clock asks, when, for whom, and how it went."""

from dataclasses import dataclass

from bot.brief import ScheduleBrief
from bot.command import Risk, Verb, World
from bot.plan import Plan
from bot.words import plural, words
from commands.reading import table


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
    notes = tuple(
        words("{name} is disabled: {why}", name=one.name, why=one.disabled)
        for one in schedules
        if one.disabled is not None
    )
    summary = plural("{n} schedule", "{n} schedules", len(schedules))
    return Plan(summary, notes=notes, table=table(heads, [_row(one) for one in schedules]))


def _row(one: ScheduleBrief) -> tuple[str, ...]:
    return (
        one.name,
        one.when,
        one.line,
        f"<@{one.owner}>",
        " ".join(f"<@{person}>" for person in one.approved_by) or "–",
        f"{one.next_due:%Y-%m-%d %H:%M %Z}" if one.next_due and not one.disabled else "–",
        f"#{one.last.number} {one.last.state}" if one.last else "–",
    )


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
