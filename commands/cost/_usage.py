"""What moved within one service: by account, and by usage type where AWS was asked for it."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from bot.command import World
from bot.costs import BY_SERVICE, By, Cut, Days
from bot.plan import Table
from bot.words import Words, words
from commands.bill import explain, movers
from commands.bill.explain import Move, moved
from commands.bill.figures import cut_by, sums
from commands.bill.period import Period, named

ROWS = 10
MOST = 3  # moves in a line


@dataclass(frozen=True, slots=True)
class Within:
    """What moved within one service."""

    service: str
    currency: str
    by_account: tuple[Move, ...]
    by_usage: tuple[Move, ...]
    table: Table | None


def within(
    world: World, currency: str, service: str, period: Period, account: str, without: Collection[str]
) -> Within:
    """What is known of a service's days; asks AWS nothing."""

    def accounts(days: Days) -> dict[str, Decimal]:
        found = world.costs.sums(
            BY_SERVICE, days, (By.ACCOUNT,), account=account, key=service, without=without
        )
        return {one.account: one.amount for one in found if one.currency == currency}

    seen = Days(period.before.first, period.days.last)
    found = cut_by(world, Cut("usage", service), seen, account, without)
    usage = next((one for one in found if one.currency == currency), None)
    columns = movers.Columns(
        words("{service}: usage type", service=service), named(period.days), named(period.before)
    )
    by_account = moved(accounts(period.before), accounts(period.days))
    if usage is None or not {*period.days, *period.before} <= usage.known():
        return Within(service, currency, by_account, (), None)
    now, before = sums(usage.services, period.days), sums(usage.services, period.before)
    table = movers.table(columns, now, before, currency, ROWS, by_move=True)
    return Within(service, currency, by_account, moved(before, now), table)


def lines(found: Within) -> list[Words]:
    """What moved most, by account and by usage type, each in a line."""
    told = []
    for head, moves in ((words("account"), found.by_account), (words("usage type"), found.by_usage)):
        if worth_it := explain.seen(moves, found.currency)[:MOST]:
            said = tuple(explain.said(move, found.currency) for move in worth_it)
            told.append(words("{service} by {what}: {moves}", service=found.service, what=head, moves=said))
    return told
