"""What the local Cost Explorer expects of the days ahead: the median of the last four such weekdays.

AWS does not say how it does it; this one is believable and not thrown off by one bad day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from statistics import NormalDist, median

from playground.aws.bill import CENT_OF_A_CENT

WEEKS = 4  # that are looked at
SETTLED = 3  # days, until a day counts
_NEEDED = 14  # days with a cost
_WIDTH = Decimal("0.05")  # standard deviation of tomorrow, of its mean
_LONGER = Decimal("0.03")  # so much wider with each day further ahead


class TooLittleKnown(Exception):
    """AWS answers this with DataUnavailableException."""


@dataclass(frozen=True, slots=True)
class Expected:
    """A day or a month ahead."""

    mean: Decimal
    spread: Decimal  # one standard deviation

    def bounds(self, level: int) -> tuple[Decimal, Decimal]:
        """Return between what it lies, so many percent of the time."""
        reach = self.spread * Decimal(str(round(NormalDist().inv_cdf(0.5 + level / 200), 4)))
        return tuple((self.mean + side * reach).quantize(CENT_OF_A_CENT) for side in (-1, 1))  # type: ignore[return-value]  # two


def history(today: date) -> list[date]:
    """Return the days that a forecast is made from."""
    last = today - timedelta(days=SETTLED)
    return [last - timedelta(days=number) for number in range(7 * WEEKS)]


def expected(totals: Mapping[date, Decimal], day: date, today: date) -> Expected:
    """What is expected of a day; `totals` are those of the `history`.  Raises TooLittleKnown."""
    if sum(total != 0 for total in totals.values()) < _NEEDED:
        raise TooLittleKnown
    mean = median(total for each, total in totals.items() if each.weekday() == day.weekday())
    ahead = (day - today).days
    spread = abs(mean) * _WIDTH * (1 + _LONGER * ahead)
    return Expected(mean.quantize(CENT_OF_A_CENT), spread)


def together(days: list[Expected]) -> Expected:
    """What is expected of days together, as if all were wrong in the same way."""
    return Expected(
        sum((one.mean for one in days), Decimal(0)), sum((one.spread for one in days), Decimal(0))
    )
