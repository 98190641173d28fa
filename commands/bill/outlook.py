"""The month: what it has cost until now, how it compares, how AWS expects it to end, and what was planned."""

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from bot.command import World
from bot.costs import Budget, Days
from bot.words import Words, words
from commands.bill import money
from commands.bill.ahead import Expected
from commands.bill.figures import Figures, sums
from commands.bill.period import to_date
from commands.bill.told import against


def newest(figures: Figures, day: date) -> list[date]:
    """The newest day that is known of a day's month until it; none where nothing is."""
    return sorted(figures.known() & set(to_date(day).days))[-1:]


def so_far(figures: Figures, day: date) -> Words:
    """The month of a day until it."""
    return words("Month to date: {said}", said=against(figures, to_date(day)))


def forecast(expected: Expected, currency: str) -> Words:
    """AWS's own forecast, with its bounds."""
    return words(
        "AWS expects {mean} for {month}, {low} to {high} (its forecast of {made}; each day keeps to its"
        " bounds in {percent} % of cases)",
        mean=money.text(expected.mean, currency),
        month=expected.month,
        low=money.text(expected.low, currency),
        high=money.text(expected.high, currency),
        made=expected.made.isoformat(),
        percent=f"{expected.interval}",
    )


def budgets(
    world: World, figures: Figures, month: Days, expected: Expected | None, account: str = ""
) -> Iterator[Words]:
    """How much of each budget these days of a month have used, and whether it will be enough."""
    by_account = sums(figures.accounts, month)
    for budget in world.costs.budgets():
        if budget.currency != figures.currency or (account and budget.account != account):
            continue
        spent = by_account.get(budget.account, Decimal(0)) if budget.account else figures.total(month)
        is_its = expected and expected.month == f"{month.first:%Y-%m}" and not budget.account
        yield _budget(budget, spent, expected if is_its else None)


def _budget(budget: Budget, spent: Decimal, expected: Expected | None) -> Words:
    name = budget.account or words("all of it")
    used, amount = _part(spent, budget.amount), money.text(budget.amount, budget.currency)
    if not expected:
        said = words("Budget ({name}): {used} % of {amount} used", name=name, used=used, amount=amount)
    else:
        said = words(
            "Budget ({name}): {used} % of {amount} used, {end} % at the month's end by AWS's forecast",
            name=name,
            used=used,
            amount=amount,
            end=_part(expected.mean, budget.amount),
        )
    most = max(spent, expected.mean) if expected else spent
    return words("⚠️ {said}", said=said) if most >= budget.amount else said


def _part(amount: Decimal, of: Decimal) -> str:
    return f"{(amount * 100 / of).quantize(Decimal(1), ROUND_HALF_UP):f}"
