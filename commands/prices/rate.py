"""What one unit of something costs a month, and who says so."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

HOURS = 730  # in a month, as AWS's own calculator counts
_BY_THE_HOUR = ("ec2", "balancer", "nat", "address", "rds")


@dataclass(frozen=True, slots=True)
class Rate:
    """A price of a unit in US dollars a month."""

    amount: Decimal
    of: date  # the day that it is of
    asked: bool  # of AWS itself; False: out of the dated file


Rates = Callable[[str, str], Rate | None]
"""The rate of a key, such as ebs.gp3, in a region; None: it is not known."""


def monthly(key: str, amount: Decimal) -> Decimal:
    """A listed amount as one for a month: some things are listed by the hour."""
    return amount * HOURS if key.partition(".")[0] in _BY_THE_HOUR else amount
