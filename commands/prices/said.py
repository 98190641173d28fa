"""What things cost, in words.  Pure."""

from collections.abc import Sequence
from decimal import Decimal

from bot.words import Words, plural, words
from commands.prices.estimate import Estimate, dollars, together

UNKNOWN = "?"
"""In a table, where no price is known: never nothing."""


def a_month(one: Estimate) -> Words:
    """One amount by the month."""
    if one.amount is None:
        return words("an unknown amount a month")
    if one.at_most:
        return words("at most {amount} a month", amount=dollars(one.amount))
    return words("about {amount} a month", amount=dollars(one.amount))


def cell(one: Estimate) -> str:
    """One amount in a table."""
    if one.amount is None:
        return UNKNOWN
    return f"{'≤ ' if one.at_most else ''}{dollars(one.amount)}"


def sum_of(every: Sequence[Estimate]) -> Words:
    """All amounts as one by the month, and of how many none is known."""
    amount, unknown = together(every)
    if unknown == len(every):
        return words("an unknown amount a month")
    known = a_month(Estimate(amount, words(""), exact=False, at_most=any(one.at_most for one in every)))
    if not unknown:
        return known
    return plural(
        "{amount}, and {n} whose price is not known",
        "{amount}, and {n} whose prices are not known",
        unknown,
        amount=known,
    )


def basis(every: Sequence[Estimate]) -> Words | None:
    """Which list all of it stands on: the oldest that is named, for whoever wonders; None: on none."""
    known = [one for one in every if one.amount is not None]
    dated = [one for one in known if not one.basis.text.startswith("AWS")] or known
    return dated[0].basis if dated else None


def change(before: Decimal, after: Decimal) -> Words:
    """What becomes of an amount by the month."""
    return words("about {before} a month now, {after} then", before=dollars(before), after=dollars(after))
