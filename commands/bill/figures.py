"""A bill's amounts over some days, of one currency: read once, then only added up."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from bot.command import World
from bot.costs import BY_SERVICE, By, Cut, Days
from commands.bill import money

ByDay = Mapping[date, Decimal]
_NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Figures:
    """Amounts by day, for each service, account and value of the tag."""

    currency: str
    services: Mapping[str, ByDay]
    accounts: Mapping[str, ByDay] = field(default_factory=dict)
    tags: Mapping[str, ByDay] = field(default_factory=dict)

    def total(self, days: Days) -> Decimal:
        """What these days cost; a sum of the services."""
        return sum((self.of(service, days) for service in self.services), _NONE)

    def of(self, service: str, days: Days) -> Decimal:
        """What a service cost on these days."""
        amounts = self.services.get(service, {})
        return sum((amounts.get(day, _NONE) for day in days), _NONE)

    def by_day(self) -> dict[date, Decimal]:
        """What each day cost, all of it."""
        total: dict[date, Decimal] = defaultdict(Decimal)
        for amounts in self.services.values():
            for day, amount in amounts.items():
                total[day] += amount
        return dict(total)


def gather(world: World, days: Days, account: str = "", tag: str = "") -> list[Figures]:
    """What is known of these days, for each currency, the one with the largest bill first."""
    services = _of(world, BY_SERVICE, days, By.KEY, account)
    accounts = _of(world, BY_SERVICE, days, By.ACCOUNT, account)
    tags = _of(world, Cut(f"tag:{tag}"), days, By.KEY, account) if tag else {}
    found = [
        Figures(currency, of, accounts.get(currency, {}), tags.get(currency, {}))
        for currency, of in services.items()
    ]
    return sorted(found, key=lambda one: (-abs(one.total(days)), one.currency))


def sums(of: Mapping[str, ByDay], days: Days) -> dict[str, Decimal]:
    """What each cost on these days; what cost nothing is left out."""
    added = {key: sum((amounts.get(day, _NONE) for day in days), _NONE) for key, amounts in of.items()}
    return {key: amount for key, amount in added.items() if amount}


def shown(amounts: Mapping[str, Decimal], currency: str) -> dict[str, Decimal]:
    """The amounts as every text, table and button shows them: rounded, and adding up to the rounded total."""
    keys = sorted(amounts)
    parts = [amounts[key] for key in keys]
    return dict(zip(keys, money.shown(parts, sum(parts, _NONE), currency), strict=True))


def cut_by(world: World, cut: Cut, days: Days, account: str = "") -> list[Figures]:
    """What is known of these days by another cut than service, as `gather` gives it."""
    found = _of(world, cut, days, By.KEY, account)
    return sorted(
        (Figures(currency, keys) for currency, keys in found.items()),
        key=lambda one: (-abs(one.total(days)), one.currency),
    )


def _of(
    world: World, cut: Cut, days: Days, by: By, account: str
) -> dict[str, dict[str, dict[date, Decimal]]]:
    """By currency, by key or account, by day."""
    found: dict[str, dict[str, dict[date, Decimal]]] = {}
    for one in world.costs.sums(cut, days, (By.DAY, by), account=account):
        if one.day is not None:
            name = one.key if by is By.KEY else one.account
            found.setdefault(one.currency, {}).setdefault(name, {})[one.day] = one.amount
    return found
