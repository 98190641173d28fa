"""Show the last nights: the last good one and its age first, then every run, failed and missed ones red."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.arguments import Kind, arg
from bot.command import Risk, Verb, World
from bot.plan import Plan
from bot.words import Words, words
from commands.backup._nights import NIGHT, RED, Night, by_date, over, red, runs_table

OLD = timedelta(hours=30)  # by then the next night should have gone well


@dataclass(frozen=True, slots=True)
class Args:
    """What /backup status is told."""

    nights: int = arg(
        Kind.NUMBER, words("so many nights back, with today"), default=14, at_least=1, at_most=90
    )


def plan(args: Args, world: World) -> Plan:
    """One row for each run; nothing changes."""
    since = world.now - timedelta(days=args.nights)
    nights = by_date(world.ledger.nights(NIGHT, since), world.zone)
    if not nights:
        return Plan(words("{red} No night of backups in the last {n} days.", red=RED, n=args.nights))
    notes = tuple(_why(one.date.isoformat(), one) for one in nights[:3])
    said = tuple(note for note in notes if note is not None)
    return Plan(
        last_good(nights, world.now), notes=(over(nights), *said), table=runs_table(nights, world.zone)
    )


def last_good(nights: Sequence[Night], now: datetime) -> Words:
    """Which night went well last, and how long ago that is; red when it is too long."""
    found = next((night for night in nights if night.good), None)
    if found is None:
        return words("{red} None of the last nights has gone well.", red=RED)
    age = now - max(one.at for one in found.decisive)
    return words(
        "{sign} Last good night: {night}, {age} ago",
        sign=RED if age > OLD else "✅",
        night=f"{found.date}",
        age=age,
    )


def _why(night: str, of: Night) -> Words | None:
    """What is known about a night that did not go well."""
    wrong = [one for one in of.decisive if red(of, one)]
    why = next((why for one in wrong if (why := one.why or next(iter(one.lines), None))), None)
    return words("{night}: {why}", night=night, why=why) if why is not None else None


VERB = Verb(
    noun="backup",
    name="status",
    help=words("Show the last nights: the last good one and its age, and every run with what failed."),
    args=Args,
    risk=Risk.NONE,
    iam=(),
    plan=plan,
    examples=("/backup status", "/backup status --nights 30"),
)
