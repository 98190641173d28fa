"""Report a night to whoever answers for it: in a sentence, with what failed, and the last 30 nights."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce

from bot.arguments import Kind, UsageError, arg
from bot.brief import MISSED, NightBrief
from bot.command import Risk, Verb, World
from bot.plan import File, Plan, Table
from bot.words import Words, words
from commands.backup._night import advice, rows
from commands.backup._nights import NIGHT, NOTHING_TO_DO, ON_THE_WAY, RED, Night, by_date, over, red
from commands.reading import table

BACK = timedelta(days=30)
RECENT = timedelta(hours=24)
ADVICE = 3  # sentences


@dataclass(frozen=True, slots=True)
class Args:
    """What /backup report is told."""

    night: str = arg(Kind.WORD, words("its date, such as 2026-11-22; left out, the last night"), default="")


def plan(args: Args, world: World) -> Plan:
    """The night's sentence, a row for each target that something is missing of; nothing changes."""
    wanted = _date(args.night) if args.night else None
    nights = by_date(world.ledger.nights(NIGHT, world.now - BACK), world.zone)
    meant = _meant(nights, wanted, world)
    if meant is None:
        return Plan(_nothing(wanted), notes=(over(nights),) if nights else ())
    files = [file for one in meant.decisive if (file := _file(meant, one, world))]
    said = tuple(_sentence(meant, one) for one in meant.decisive)
    summary = reduce(lambda one, more: words("{one} {more}", one=one, more=more), said)
    to_do = advice(line for one in meant.decisive for line in one.lines)[:ADVICE]
    return Plan(
        summary,
        notes=(over(nights), *to_do),
        table=_failed(files),
        file=files[0] if len(files) == 1 else None,
    )


def _file(night: Night, one: NightBrief, world: World) -> File | None:
    text = world.ledger.told_file(one.number) if one.number else ""
    return File(f"backup-{night.date}.csv", text) if text else None


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        wrong = words("“{text}” is no date; one reads 2026-11-22.", text=text[:40])
        raise UsageError(wrong) from None


def _meant(nights: list[Night], wanted: date | None, world: World) -> Night | None:
    """The night of this date; without one, the last night, if it is not longer ago than a day."""
    if wanted is not None:
        return next((night for night in nights if night.date == wanted), None)
    last = nights[0] if nights else None
    return last if last and world.now - last.runs[0].at < RECENT else None


def _nothing(wanted: date | None) -> Words:
    if wanted is not None:
        return words("There was no night of backups on {night} that toban knows of.", night=f"{wanted}")
    return words("{red} No night of backups in the last 24 hours.", red=RED)


def _sentence(night: Night, one: NightBrief) -> Words:
    """How it went; who asked, or owns the schedule, is named when somebody should look."""
    said = _said(night, one)
    if not red(night, one):
        return said
    return words("{red} {owner}: {said}", red=RED, owner=one.person, said=said)


def _said(night: Night, one: NightBrief) -> Words:
    on = f"{night.date}"
    if one.summary is not None and one.took is not None:
        return words("{summary} It took {length}.", summary=one.summary, length=one.took)
    if one.state == MISSED:
        return words(
            "No backups in the night of {night}: {why}.", night=on, why=one.why or words("it was missed")
        )
    if one.state in ON_THE_WAY:
        return words(
            "The night of {night} has not ended: operation #{number}.", night=on, number=one.number or 0
        )
    if one.state == NOTHING_TO_DO:
        return words("Nothing was to be backed up in the night of {night}.", night=on)
    why = one.why or words("operation #{number} tells more", number=one.number or 0)
    return words("The night of {night} ended as {state}: {why}.", night=on, state=one.state, why=why)


def _failed(files: Iterable[File]) -> Table | None:
    """What something is missing of: where it is, and why."""
    bad = [row for file in files for row in rows(file) if row["what_to_do"]]
    if not bad:
        return None
    heads = (
        words("Name"),
        words("Outcome"),
        words("Why"),
        words("Resource"),
        words("Account"),
        words("Region"),
    )
    names = ("name", "outcome", "why", "id", "account", "region")
    return table(heads, [tuple(row[name] for name in names) for row in bad])


VERB = Verb(
    noun="backup",
    name="report",
    help=words("Report a night in a sentence, with what failed and why, and how the last 30 nights went."),
    args=Args,
    risk=Risk.NONE,
    iam=(),
    plan=plan,
    examples=("/backup report", "/backup report --night 2026-11-22"),
)
