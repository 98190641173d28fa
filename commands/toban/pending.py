"""Show what waits for somebody, and what is under way."""

from dataclasses import dataclass

from bot.command import Risk, Verb, World
from bot.plan import Plan
from bot.words import plural, words
from commands.reading import table


@dataclass(frozen=True, slots=True)
class Args:
    """/toban pending is told nothing."""


def plan(_args: Args, world: World) -> Plan:
    """One row for each operation that has not ended."""
    pending = world.ledger.pending()
    heads = (words("Operation"), words("State"), words("Asked by"), words("Line"))
    rows = [(f"#{one.number}", one.state, f"<@{one.person}>", one.line) for one in pending]
    summary = plural("{n} operation has not ended", "{n} operations have not ended", len(rows))
    notes = tuple(
        words("#{number} was an emergency that nobody reviewed yet: {line}", number=one.number, line=one.line)
        for one in world.ledger.unreviewed()
    )
    return Plan(summary, notes=notes, table=table(heads, rows))


VERB = Verb(
    noun="toban",
    name="pending",
    help=words("Show what waits for somebody, and what is under way."),
    args=Args,
    risk=Risk.NONE,
    iam=(),
    plan=plan,
    examples=("/toban pending",),
)
