"""Alarms as rows of a table, and as a file when there are more than a table shows.  Pure."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from bot.glance import sign
from bot.plan import Cell, File, Table
from bot.trouble import State, Trouble
from bot.words import Words, words

ROWS = 50  # in the table; of more there is a file
STATES: Mapping[State, Words] = {
    State.OPEN: words("open"),
    State.ACKNOWLEDGED: words("acknowledged"),
    State.OVER: words("over"),
}
_COLUMNS = (
    "alarm",
    "severity",
    "state",
    "title",
    "since",
    "ended",
    "who",
    "account",
    "region",
    "rule",
    "subject",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet would run a cell that begins so ("CSV Injection", OWASP)."""


def name(one: Trouble) -> str:
    """What it looks like from afar, and its number."""
    return f"{sign(one)} #A{one.number}"


def at(moment: datetime) -> Words:
    """A moment, in the reader's way to write it."""
    return words("{at}", at=moment)


def state(one: Trouble, now: datetime) -> Words:
    """Where it stands, in a word or two."""
    known = STATES[one.state]
    if one.state is State.OVER:
        return known
    if one.silenced_by:
        return words("{state}, silenced", state=known)
    if one.snoozed_until and one.snoozed_until > now:
        return words("{state}, quiet until {until}", state=known, until=one.snoozed_until)
    return known


def who(one: Trouble) -> str:
    """Who looks at it."""
    return f"<@{one.acknowledged_by}>" if one.acknowledged_by else ""


def length(one: Trouble, now: datetime) -> timedelta | None:
    """How long it lasted, or lasts by now; None for what has no end."""
    if one.tells:
        return None
    return max((one.ended or now) - one.began, timedelta())


def lasted(one: Trouble, now: datetime) -> Cell:
    """The same for people."""
    found = length(one, now)
    if found is None:
        return "–"
    return words("{length}", length=found) if one.ended else words("{length} so far", length=found)


def mean(several: Iterable[Trouble]) -> timedelta | None:
    """How long those that are over lasted on average; None without any."""
    lengths = [one.ended - one.began for one in several if one.ended and not one.tells]
    return sum(lengths, timedelta()) / len(lengths) if lengths else None


def table(several: Sequence[Trouble], now: datetime) -> Table | None:
    """The newest first, a row each."""
    heads = (
        words("Alarm"),
        words("What"),
        words("Since"),
        words("State"),
        words("Who looks at it"),
        words("Account"),
        words("Region"),
    )
    rows = tuple(
        (name(one), one.title, at(one.began), state(one, now), who(one), one.account, one.region)
        for one in several[:ROWS]
    )
    return Table(heads, rows) if rows else None


def earlier(several: Sequence[Trouble], now: datetime) -> Table | None:
    """Alarms about one thing: when, and for how long."""
    heads = (
        words("Alarm"),
        words("Since"),
        words("Lasted"),
        words("State"),
        words("Who looks at it"),
        words("Rule"),
    )
    rows = tuple(
        (name(one), at(one.began), lasted(one, now), state(one, now), who(one), one.rule) for one in several
    )
    return Table(heads, rows) if rows else None


def file(several: Sequence[Trouble], say: Callable[[Words], str]) -> File | None:
    """All of them, when there are more than the table shows."""
    if len(several) <= ROWS:
        return None
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    writer.writerows([_safe(cell) for cell in _line(one, say)] for one in several)
    return File("alarms.csv", out.getvalue())


def _line(one: Trouble, say: Callable[[Words], str]) -> tuple[str, ...]:
    ended = one.ended.isoformat() if one.ended else ""
    what = (f"A{one.number}", one.severity.value, one.state.value, say(one.title))
    where = (one.acknowledged_by, one.account, one.region, one.rule, one.subject)
    return (*what, one.began.isoformat(), ended, *where)


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
