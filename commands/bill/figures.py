"""A bill's amounts over some days, of one currency: read once, then only added up."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from bot.command import World
from bot.costs import BY_SERVICE, By, Cut, Days, DayState
from commands.bill import money

ByDay = Mapping[date, Decimal]
_NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Figures:
    """Amounts by day, for each service, account and value of the tag; known days without one cost nothing."""

    currency: str
    services: Mapping[str, ByDay]
    accounts: Mapping[str, ByDay] = field(default_factory=dict)
    tags: Mapping[str, ByDay] = field(default_factory=dict)
    states: tuple[DayState, ...] = ()  # of its payers

    @property
    def payers(self) -> frozenset[str]:
        """Whose bills these are."""
        return frozenset(state.payer for state in self.states)

    def known(self) -> frozenset[date]:
        """The days of which at least one payer's bill is known."""
        return frozenset(state.day for state in self.states)

    def whole(self) -> frozenset[date]:
        """The days of which every payer's bill is known."""
        each = (frozenset(one.day for one in self.states if one.payer == payer) for payer in self.payers)
        return frozenset.intersection(self.known(), *each)

    def knows(self, *stretches: Days) -> bool:
        """Whether something is known of each of these days: else their sums compare with nothing."""
        return {day for days in stretches for day in days} <= self.known()

    def total(self, days: Days) -> Decimal:
        """What these days cost; a sum of the services."""
        return sum((self.of(service, days) for service in self.services), _NONE)

    def of(self, service: str, days: Days) -> Decimal:
        """What a service cost on these days."""
        amounts = self.services.get(service, {})
        return sum((amounts.get(day, _NONE) for day in days), _NONE)

    def by_day(self) -> dict[date, Decimal]:
        """What each known day cost, all of it."""
        total = dict.fromkeys(sorted(self.known()), _NONE)
        for amounts in self.services.values():
            for day, amount in amounts.items():
                total[day] = total.get(day, _NONE) + amount
        return total


def gather(
    world: World, days: Days, account: str = "", tag: str = "", without: Collection[str] = ()
) -> list[Figures]:
    """What is known of these days, for each currency, the one with the largest bill first."""
    services = _of(world, BY_SERVICE, days, By.KEY, account, without)
    accounts = _of(world, BY_SERVICE, days, By.ACCOUNT, account, without)
    tags = _of(world, Cut(f"tag:{tag}"), days, By.KEY, account, without) if tag else {}
    states = _states(world, BY_SERVICE, days, without)
    found = [
        Figures(
            currency, services.get(currency, {}), accounts.get(currency, {}), tags.get(currency, {}), known
        )
        for currency, known in states.items()
    ]
    return sorted(found, key=lambda one: (-abs(one.total(days)), one.currency))


def cut_by(
    world: World,
    cut: Cut,
    days: Days,
    account: str = "",
    without: Collection[str] = (),
    *,
    by: By = By.KEY,
) -> list[Figures]:
    """What is known of these days by one cut, or by account, as `gather` gives services: half the reading."""
    keys = _of(world, cut, days, by, account, without)
    states = _states(world, cut, days, without)
    found = [Figures(currency, keys.get(currency, {}), states=known) for currency, known in states.items()]
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


def _of(
    world: World, cut: Cut, days: Days, by: By, account: str, without: Collection[str]
) -> dict[str, dict[str, dict[date, Decimal]]]:
    """By currency, by key or account, by day."""
    found: dict[str, dict[str, dict[date, Decimal]]] = {}
    for one in world.costs.sums(cut, days, (By.DAY, by), account=account, without=without):
        if one.day is not None:
            name = one.key if by is By.KEY else one.account
            found.setdefault(one.currency, {}).setdefault(name, {})[one.day] = one.amount
    return found


def _states(world: World, cut: Cut, days: Days, without: Collection[str]) -> dict[str, tuple[DayState, ...]]:
    """How far each currency's days are known.

    A payer whose days cost nothing has no currency: it stands with the others, or alone with none.
    """
    known = [state for state in world.costs.states(cut, days) if state.payer not in without]
    pays = {state.payer: state.currency for state in known if state.currency}
    currencies = sorted(set(pays.values())) or [""]
    found: dict[str, list[DayState]] = {}
    for state in known:
        found.setdefault(pays.get(state.payer, currencies[0]), []).append(state)
    return {currency: tuple(states) for currency, states in found.items()}
