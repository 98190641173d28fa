"""The month: what it has cost until now, how it compares, how AWS expects it to end, and what was planned."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from bot.command import World
from bot.words import Words, words
from commands.bill import ahead, money
from commands.bill.ahead import Expected
from commands.bill.figures import Figures, sums
from commands.bill.period import to_date


def outlook(world: World, figures: Figures, day: date, account: str = "") -> list[Words]:
    """Each in a line.  AWS forecasts the whole of a payer's bill, so of one account there is none."""
    expected = None if account else ahead.of_month(world, figures, day)
    lines = [_so_far(figures, day)]
    if expected:
        lines.append(forecast(expected, figures.currency))
    return [*lines, *budgets(world, figures, day, expected, account)]


def forecast(expected: Expected, currency: str) -> Words:
    """AWS's own forecast, with its bounds."""
    return words(
        "AWS expects {mean} for this month, {low} to {high} (its forecast of {made}; each day keeps to its"
        " bounds in {percent} % of cases)",
        mean=money.text(expected.mean, currency),
        low=money.text(expected.low, currency),
        high=money.text(expected.high, currency),
        made=expected.made.isoformat(),
        percent=f"{expected.interval}",
    )


def budgets(
    world: World, figures: Figures, day: date, expected: Expected | None, account: str = ""
) -> Iterator[Words]:
    """How much of each budget is used, and whether it will be enough."""
    month = to_date(day).days
    by_account = sums(figures.accounts, month)
    for budget in world.costs.budgets():
        if budget.currency != figures.currency or (account and budget.account != account):
            continue
        spent = by_account.get(budget.account, Decimal(0)) if budget.account else figures.total(month)
        used = _part(spent, budget.amount)
        name = budget.account or words("all of it")
        amount = money.text(budget.amount, budget.currency)
        if not budget.account and expected:
            yield words(
                "Budget ({name}): {used} % of {amount} used, {end} % at the month's end by AWS's forecast",
                name=name,
                used=used,
                amount=amount,
                end=_part(expected.mean, budget.amount),
            )
        else:
            yield words("Budget ({name}): {used} % of {amount} used", name=name, used=used, amount=amount)


def _so_far(figures: Figures, day: date) -> Words:
    period, currency = to_date(day), figures.currency
    now, before = figures.total(period.days), figures.total(period.before)
    return words(
        "This month until {day}: {amount}; last month until {before_day}: {before} ({percent})",
        day=day.isoformat(),
        amount=money.text(now, currency),
        before_day=period.before.last.isoformat(),
        before=money.text(before, currency),
        percent=money.percent(before, now),
    )


def _part(amount: Decimal, of: Decimal) -> str:
    return f"{(amount * 100 / of).quantize(Decimal(1))}"
