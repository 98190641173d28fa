"""Who looks for anomalies: toban, and what people do first, beside it."""

import statistics
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal

from commands.bill import anomalies

Daily = Mapping[date, Decimal]
Finder = Callable[[Daily, date], bool]
FLOOR = Decimal(10)
DAYS = 56  # both look back so far


def toban(series: Daily, day: date) -> bool:
    """Ours, with the floor that a config has by default."""
    return anomalies.detect(series, day, FLOOR) is not None


def three_sigma(series: Daily, day: date) -> bool:
    """Further than three standard deviations from the mean of the same eight weeks."""
    past = [float(series[one]) for n in range(1, DAYS + 1) if (one := day - timedelta(n)) in series]
    apart = abs(float(series[day]) - statistics.fmean(past))
    return apart > max(3 * statistics.stdev(past), float(FLOOR))
