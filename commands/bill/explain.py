"""What moved between two days, or two stretches of days: whose amounts changed most, and how.  Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from bot.words import Words, words
from commands.bill import money

Sums = Mapping[str, Decimal]
"""Amounts by key: by service, account, usage type, region or a tag's value; of one currency."""

_NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Move:
    """How one key's amount changed."""

    key: str
    before: Decimal
    after: Decimal
    difference: Decimal
    new: bool = False  # there was nothing of it before
    gone: bool = False  # there is nothing of it any more


@dataclass(frozen=True, slots=True)
class Cause:
    """One way to cut a bill, what moved in it, and how much that tells."""

    by: str  # such as service, account or usage
    moves: tuple[Move, ...]
    telling: Decimal  # 0 to 1; nothing when everything moved by its share


def moved(before: Sums, after: Sums) -> tuple[Move, ...]:
    """What changed, the largest difference first, up or down; the differences sum to the whole one exactly.

    A key that is absent cost nothing; what did not change is left out.
    """
    keys = dict.fromkeys((*before, *after))
    moves = (_move(key, before.get(key, _NONE), after.get(key, _NONE)) for key in keys)
    return tuple(
        sorted((one for one in moves if one.difference), key=lambda one: (-abs(one.difference), one.key))
    )


def causes(cuts: Mapping[str, tuple[Sums, Sums]]) -> tuple[Cause, ...]:
    """The same change cut in several ways, the most telling first; a cut in which nothing moved is left out.

    `cuts` gives the sums before and after by what they are cut by.  A cut tells much when its first move is a
    greater part of all movement than its key was of all cost: then it was that key, not everything at once.
    So the only account there is explains nothing, and a service that is new explains all it brought.
    """
    found = ((by, before, moved(before, after)) for by, (before, after) in cuts.items())
    told = (Cause(by, moves, _telling(moves, before)) for by, before, moves in found if moves)
    return tuple(sorted(told, key=lambda cause: -cause.telling))


def seen(moves: Iterable[Move], currency: str) -> tuple[Move, ...]:
    """The moves that are anything in the smallest unit of their currency."""
    return tuple(one for one in moves if money.rounded(one.difference, currency))


def said(move: Move, currency: str) -> Words:
    """One move in a line: by how much in money, and in percent where that means something."""
    name = move.key or words("no tag")
    difference = money.text(move.difference, currency, sign=True)
    if move.new:
        return words("{name}: {difference}, new", name=name, difference=difference)
    if move.gone:
        return words("{name}: {difference}, gone", name=name, difference=difference)
    percent = money.percent(move.before, move.after)
    if percent == money.NO_PERCENT:
        return words("{name}: {difference}", name=name, difference=difference)
    return words("{name}: {difference} ({percent})", name=name, difference=difference, percent=percent)


def _move(key: str, before: Decimal, after: Decimal) -> Move:
    return Move(key, before, after, after - before, new=not before, gone=not after)


def _telling(moves: tuple[Move, ...], before: Sums) -> Decimal:
    first = moves[0]
    of_movement = abs(first.difference) / sum(abs(one.difference) for one in moves)
    all_cost = sum(map(abs, before.values()))
    return max(_NONE, of_movement - (abs(first.before) / all_cost if all_cost else 0))
