"""A bill as a table: what each cost and how much that moved, with a row for the others, adding up.  Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.plan import Table
from bot.words import Words, words
from commands.bill import money
from commands.bill.figures import shown

_NONE = Decimal(0)
SUM, OTHERS = "Σ", "…"
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
    before: Mapping[str, Decimal],
    currency: str,
    most: int,
    *,
    by_move: bool,
) -> Table | None:
    """The first rows, then the others in one, then the sum; None when there is nothing at all."""
    keys = ordered(now, before, by_move=by_move)
    if not keys:
        return None
    now_shown, before_shown = shown(now, currency), shown(before, currency)
    first, others = keys[:most], keys[most:]
    rows = [_row(key or "–", [key], now_shown, before_shown, currency) for key in first]
    if others:
        rows.append(_row(f"{OTHERS} ({len(others)})", others, now_shown, before_shown, currency))
    rows.append(_row(SUM, keys, now_shown, before_shown, currency))
    heads = (
        columns.what,
        words("{days}", days=columns.now),
        words("{days}", days=columns.before),
        words("Difference"),
        words("%"),
    )
    return Table(heads, tuple(rows))


def _row(
    name: str,
    keys: Sequence[str],
    now: Mapping[str, Decimal],
    before: Mapping[str, Decimal],
    currency: str,
) -> tuple[str, ...]:
    this = sum((now.get(key, _NONE) for key in keys), _NONE)
    that = sum((before.get(key, _NONE) for key in keys), _NONE)
    return (
        name,
        money.text(this, currency),
        money.text(that, currency),
        money.text(this - that, currency, sign=True),
        money.percent(that, this),
    )
