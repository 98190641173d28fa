"""What a thing costs a month: an estimate by list prices, and what it stands on.  Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from bot.words import Words, words
from commands.bill import money
from commands.prices.rate import HOURS, Rates
from commands.prices.thing import ZERO, Thing


@dataclass(frozen=True, slots=True)
class Estimate:
    """An amount in US dollars a month of 730 hours; None: it is not known, which is not nothing."""

    amount: Decimal | None
    basis: Words  # which list, of which day; or what is not known
    exact: bool  # AWS's list of today, and a quantity that is billed as it is
    at_most: bool = False

    @property
    def hourly(self) -> Decimal | None:
        """The same by the hour."""
        return None if self.amount is None else self.amount / HOURS


def price(thing: Thing, region: str, rates: Rates) -> Estimate:
    """What a thing costs a month in a region; not known as soon as a part of it is not."""
    found = [(part, rates(part.key, region)) for part in thing.parts]
    missing = tuple(part.key for part, rate in found if rate is None)
    if missing or not found:
        return Estimate(None, _unknown(missing, region), exact=False)
    known = [(part, rate) for part, rate in found if rate is not None]
    amount = sum((part.quantity * rate.amount for part, rate in known), ZERO)
    old = [rate.of for _, rate in known if not rate.asked]
    exact = not old and not thing.at_most
    if old:
        basis = words("list prices of {date}, an estimate", date=f"{min(old)}")
    else:
        basis = words("AWS's Price List of {date}", date=f"{min(rate.of for _, rate in known)}")
    return Estimate(amount, basis, exact, thing.at_most)


def _unknown(missing: Iterable[str], region: str) -> Words:
    return words("no price is known of {what} in {region}", what=", ".join(missing), region=region)


def together(estimates: Iterable[Estimate]) -> tuple[Decimal, int]:
    """The sum of what is known, and how many are not."""
    every = list(estimates)
    known = [one.amount for one in every if one.amount is not None]
    return sum(known, ZERO), len(every) - len(known)


def dollars(amount: Decimal) -> str:
    """An amount of the lists as people read it: $1,234.50."""
    return money.text(amount, "USD")
