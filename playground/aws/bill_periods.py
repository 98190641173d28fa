"""The periods of a request of Cost Explorer's, and which it refuses; days are of UTC, ends are exclusive."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from playground.aws.bill_query import QueryRefused

DAY = timedelta(days=1)
MONTHS_BACK = 14
_ENDS_TOO_LATE = "end date past the beginning of next month"
_TOO_SOON = "Start date must be equal to or no later than the current date."
_TOO_OLD = "You haven't enabled historical data beyond 14 months."
_IN_ORDER = "Start date (and hour) should be before end date (and hour)"


@dataclass(frozen=True, slots=True)
class Period:
    """From a day on, up to another."""

    start: date
    end: date

    def days(self) -> Iterator[date]:
        """Yield its days in order."""
        return (self.start + number * DAY for number in range((self.end - self.start).days))

    def written(self) -> dict[str, str]:
        """Return it as AWS writes it."""
        return {"Start": self.start.isoformat(), "End": self.end.isoformat()}

    def cut(self, granularity: str) -> list["Period"]:
        """Return its days or its months.  Raises NotImplementedError for hours."""
        if granularity == "DAILY":
            return [Period(day, day + DAY) for day in self.days()]
        if granularity != "MONTHLY":
            raise NotImplementedError(f"the granularity {granularity}")
        firsts = [day for day in self.days() if day.day == 1 and day != self.start]
        edges = [self.start, *firsts, self.end]
        return [Period(*pair) for pair in pairwise(edges)]


def period_of(asked: Mapping[str, str]) -> Period:
    """Read a TimePeriod.  Raises QueryRefused."""
    try:
        return Period(date.fromisoformat(asked["Start"]), date.fromisoformat(asked["End"]))
    except ValueError as problem:
        raise QueryRefused(f"Dates should be written yyyy-MM-dd: {problem}") from None


def check_past(period: Period, today: date) -> None:
    """Raise QueryRefused for a period that GetCostAndUsage does not answer for."""
    if period.start >= period.end:
        raise QueryRefused(_IN_ORDER)
    if period.start < months_before(today, MONTHS_BACK):
        raise QueryRefused(_TOO_OLD)
    if period.start > today:
        raise QueryRefused(_TOO_SOON)
    if period.end > first_of_next_month(today):
        raise QueryRefused(_ENDS_TOO_LATE)


def check_ahead(period: Period, granularity: str, today: date) -> None:
    """Raise QueryRefused for a period that GetCostForecast does not answer for."""
    if period.start >= period.end:
        written = period.written()
        raise QueryRefused(
            f"Requested Start: {written['Start']} must be before requested End: {written['End']}"
        )
    if period.start < today:
        raise QueryRefused("Start date must be today or later for forecasts.")
    longest = 3 if granularity == "DAILY" else 18
    if months_before(period.end, longest) > today:
        raise QueryRefused(f"{granularity} forecasts reach {longest} months ahead at most.")


def months_before(day: date, months: int) -> date:
    """Return the same day of an earlier month, or that month's last."""
    number = day.year * 12 + day.month - 1 - months
    first = date(number // 12, number % 12 + 1, 1)
    return min(first + (day.day - 1) * DAY, first_of_next_month(first) - DAY)


def first_of_next_month(day: date) -> date:
    """Return where the next month begins."""
    return (day.replace(day=1) + 31 * DAY).replace(day=1)
