"""Sentences that several answers about a bill share."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from decimal import Decimal

from bot.command import World
from bot.costs import Days, LeftOut, Metric
from bot.words import Words, plural, words
from commands.bill import explain, money
from commands.bill.figures import ByDay, Figures, sums
from commands.bill.period import DAY, Period, named

CENT = Decimal("0.01")
"""The price of a request of Cost Explorer in dollars ("AWS Cost Management pricing")."""
MOST = 4  # moves in a line
METRICS: Mapping[Metric, Words] = {
    Metric.UNBLENDED: words("as charged on each day (unblended)"),
    Metric.AMORTIZED: words("with savings plans and reservations spread over their days (amortized)"),
    Metric.NET_UNBLENDED: words("as charged on each day, after discounts (net unblended)"),
    Metric.NET_AMORTIZED: words("spread over their days, after discounts (net amortized)"),
}
LEFT_OUT: Mapping[LeftOut, Words] = {
    LeftOut.CREDITS: words("credits"),
    LeftOut.REFUNDS: words("refunds"),
    LeftOut.TAX: words("tax"),
}


def against(figures: Figures, period: Period, *, so_far: bool = False) -> Words:
    """How much some days cost, and how that compares: nothing that is not known is called nothing.

    Of a day that is there only in part (`so_far`) a percentage would say how much AWS has of it.
    """
    days = named(period.days)
    if not figures.known() & set(period.days):
        return words("{days}: nothing is known yet", days=days)
    now, before = figures.total(period.days), figures.total(period.before)
    amount = money.text(now, figures.currency)
    if so_far:
        return words("{days}: {amount} until now", days=days, amount=amount)
    if not figures.knows(period.days, period.before):
        return words("{days}: {amount}", days=days, amount=amount)
    return words(
        "{days}: {amount}, {percent} against {before_days} ({before})",
        days=days,
        amount=amount,
        percent=money.percent(before, now),
        before_days=named(period.before),
        before=money.text(before, figures.currency),
    )


def marked(said: Words, without: Sequence[str], *, provisional: bool) -> Words:
    """A sentence with whose figures are missing in it, and whether it may change."""
    if without:
        said = words("{said}, without {payers}", said=said, payers=", ".join(without))
    return words("{said} – provisional", said=said) if provisional else said


def nothing(days: Days) -> Words:
    """That AWS has said nothing of these days."""
    return words("Nothing is known of the bill of {days}.", days=named(days))


def what_counts(world: World) -> Words:
    """Which amounts these are, and what they leave out."""
    rules = world.costs.rules
    metric = METRICS[rules.metric]
    if not rules.left_out:
        return words(
            "Amounts are {metric}, with credits, refunds and tax; days are days of UTC.", metric=metric
        )
    left_out = tuple(LEFT_OUT[one] for one in rules.left_out)
    return words(
        "Amounts are {metric}, without {left_out}; days are days of UTC.", metric=metric, left_out=left_out
    )


def paid(world: World) -> Words:
    """What asking cost on the day that it is told, or was told first."""
    begin = midnight(world, world.due)
    n = len([one for one in world.costs.requests(begin) if one.outcome != "failed" and one.at < begin + DAY])
    price = money.text(n * CENT, "USD")
    return plural("{n} paid request today ({price})", "{n} paid requests today ({price})", n, price=price)


def midnight(world: World, moment: datetime) -> datetime:
    """When the team's day began."""
    return datetime.combine(moment.astimezone(world.zone).date(), time(), world.zone)


def accounts_moved(figures: Figures, period: Period) -> list[Words]:
    """Which accounts moved, when there are several."""
    if len(figures.accounts) < 2:
        return []
    return _moved(words("By account"), figures.accounts, period, figures.currency)


def tags_moved(figures: Figures, period: Period, tag: str) -> list[Words]:
    """Which values of the tag moved; it is asked for every other day, so perhaps those of the day before."""
    there = {day for amounts in figures.tags.values() for day in amounts}
    if not there:
        return []
    back = max(timedelta(), period.days.last - max(there))
    then = Period(_back(period.days, back), _back(period.before, back))
    if not {*then.days, *then.before} <= there:
        return []
    head = words("By tag {tag}, {days}", tag=tag, days=named(then.days))
    return _moved(head, figures.tags, then, figures.currency)


def _back(days: Days, much: timedelta) -> Days:
    return Days(days.first - much, days.last - much)


def _moved(head: Words, of: Mapping[str, ByDay], period: Period, currency: str) -> list[Words]:
    moves = explain.seen(explain.moved(sums(of, period.before), sums(of, period.days)), currency)[:MOST]
    if not moves:
        return []
    return [words("{head}: {moves}", head=head, moves=tuple(explain.said(move, currency) for move in moves))]
