"""Nights as status and report show them: runs by their local dates, and what is red about them.  Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.brief import MISSED, NightBrief
from bot.plan import Table
from bot.words import Words, plural, words
from commands.backup._night import counted
from commands.reading import table

NIGHT = "backup.tonight"
RED = "🔴"
ON_THE_WAY = frozenset({"asked", "waiting", "queued", "running"})
NOTHING_TO_DO = "answered"  # a second run that found all of it done


@dataclass(frozen=True, slots=True)
class Night:
    """All runs of one local date, the newest first."""

    date: date
    runs: tuple[NightBrief, ...]

    @property
    def decisive(self) -> tuple[NightBrief, ...]:
        """Of each line the newest run that left nothing missing, else its newest."""
        of: dict[str, NightBrief] = {}
        for one in self.runs:
            if one.line not in of or (one.well and not of[one.line].well):
                of[one.line] = one
        return tuple(of.values())

    @property
    def good(self) -> bool:
        """Whether every line left nothing missing, if not the first time."""
        return all(one.well for one in self.decisive)

    @property
    def missed(self) -> bool:
        """Whether nothing ran at all."""
        return all(one.state == MISSED for one in self.runs)

    @property
    def under_way(self) -> bool:
        """Whether something has not ended."""
        return any(one.state in ON_THE_WAY for one in self.decisive)


def by_date(runs: Sequence[NightBrief], zone: ZoneInfo) -> list[Night]:
    """The runs, newest first, as nights, newest first."""
    of: dict[date, list[NightBrief]] = {}
    for one in runs:
        of.setdefault(one.at.astimezone(zone).date(), []).append(one)
    return [Night(day, tuple(found)) for day, found in sorted(of.items(), reverse=True)]


def red(night: Night, one: NightBrief) -> bool:
    """Whether somebody should look at this run; finding nothing to do is fine after a good run only."""
    if one.state == NOTHING_TO_DO:
        return one in night.decisive
    return not one.well and one.state not in ON_THE_WAY


def runs_table(nights: Sequence[Night], zone: ZoneInfo) -> Table:
    """A row for each run."""
    heads = (
        words("Night"),
        words("When"),
        words("Done"),
        words("Failed"),
        words("Skipped"),
        words("Unknown"),
        words("Took"),
        words("State"),
        words("Operation"),
    )
    return table(heads, [_row(night, one, zone) for night in nights for one in night.runs])


def _row(night: Night, one: NightBrief, zone: ZoneInfo) -> tuple[str, ...]:
    found = counted(one.summary) if one.summary else {}
    mark = RED if red(night, one) else "✅" if one.well else ""
    return (
        f"{night.date}",
        f"{one.at.astimezone(zone):%H:%M}",
        f"{found['done']} / {found['total']}" if found else "–",
        *(str(found[name]) if found else "–" for name in ("failed", "skipped", "unknown")),
        _length(one.took),
        f"{mark} {one.state}".strip(),
        f"#{one.number}" if one.number else "–",
    )


def _length(took: timedelta | None) -> str:
    if took is None:
        return "–"
    minutes, seconds = divmod(int(took.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}"


def over(nights: Sequence[Night]) -> Words:
    """The nights in one sentence, as a manager wants to know them."""
    ended = [night for night in nights if night.good or not night.under_way]
    good = sum(night.good for night in ended)
    missed = sum(night.missed for night in ended)
    parts = (
        plural("{n} good night", "{n} good nights", good),
        plural("{n} with failures", "{n} with failures", len(ended) - good - missed),
        plural("{n} missed", "{n} missed", missed),
    )
    return plural("The last night: {parts}", "The last {n} nights: {parts}", len(ended), parts=parts)
