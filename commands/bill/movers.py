"""A bill as a table: what each cost and how much that moved, with a row for the others, adding up.  Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.plan import Table
from bot.words import Words, words
from commands.bill import money
from commands.bill.figures import shown

_NONE = Decimal(0)
SUM, OTHERS, UNKNOWN = "Σ", "…", "–"
"""Signs rather than words: a cell is the same in every language."""


@dataclass(frozen=True, slots=True)
class Columns:
    """What stands over the table."""

    what: Words
    now: str
    before: str


def ordered(now: Mapping[str, Decimal], before: Mapping[str, Decimal], *, by_move: bool) -> list[str]:
    """The keys, whose amounts moved most or are largest first."""

    def weight(key: str) -> tuple[Decimal, str]:
        amount = now.get(key, _NONE)
        return (-abs(amount - before.get(key, _NONE)) if by_move else -abs(amount)), key

    return sorted({**now, **before}, key=weight)


def table(
    columns: Columns,
    now: Mapping[str, Decimal],
    before: Mapping[str, Decimal] | None,
    currency: str,
    most: int,
    *,
    by_move: bool,
    partly: bool = False,
) -> Table | None:
    """The first rows, then the others in one, then the sum; None when there is nothing at all.

    What it was `before` is None where that is not known.  What is there only `partly` differs from nothing.
    """
    there = _Sides(now, before, shown(now, currency), shown(before or {}, currency), currency, partly)
    keys = ordered(now, before or {}, by_move=by_move and before is not None)
    if not keys:
        return None
    first, others = keys[:most], keys[most:]
    rows = [there.row(key or "–", [key]) for key in first]
    if others:
        rows.append(there.row(f"{OTHERS} ({len(others)})", others))
    rows.append(there.row(SUM, keys))
    heads = (
        columns.what,
        words("{days}", days=columns.now),
        words("{days}", days=columns.before),
        words("Difference"),
        words("%"),
    )
    return Table(heads, tuple(rows))


@dataclass(frozen=True, slots=True)
class _Sides:
    """Both sides of a table, exact and as they are shown."""

    now: Mapping[str, Decimal]
    before: Mapping[str, Decimal] | None
    now_shown: Mapping[str, Decimal]
    before_shown: Mapping[str, Decimal]
    currency: str
    partly: bool

    def row(self, name: str, keys: Sequence[str]) -> tuple[str, ...]:
        """These keys in one row: money as it is shown, and a percentage of what it is exactly."""
        this = _of(self.now_shown, keys)
        if self.before is None:
            return (name, money.text(this, self.currency), UNKNOWN, UNKNOWN, UNKNOWN)
        that = _of(self.before_shown, keys)
        if self.partly:
            return (name, *(money.text(one, self.currency) for one in (this, that)), UNKNOWN, UNKNOWN)
        return (
            name,
            money.text(this, self.currency),
            money.text(that, self.currency),
            money.text(this - that, self.currency, sign=True),
            money.percent(_of(self.before, keys), _of(self.now, keys)),
        )


def _of(amounts: Mapping[str, Decimal], keys: Sequence[str]) -> Decimal:
    return sum((amounts.get(key, _NONE) for key in keys), _NONE)
