"""What AWS's bill says, as commands may read it: amounts by day, asked for once and kept.

A day of a bill is a day of UTC ("Cost Explorer", AWS).  A leaf of bot/: it imports no other part of bot/ but
`words`.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from bot.words import Words


class By(StrEnum):
    """What amounts are kept apart by."""

    DAY = "day"
    KEY = "key"  # what their cut names
    ACCOUNT = "account"  # that owes them


class Metric(StrEnum):
    """Which of Cost Explorer's amounts; the names are AWS's, hyphenated."""

    UNBLENDED = "unblended"  # as charged on the day it is charged
    AMORTIZED = "amortized"  # savings plans and reservations spread over the days they cover
    NET_UNBLENDED = "net-unblended"  # after discounts
    NET_AMORTIZED = "net-amortized"


class LeftOut(StrEnum):
    """Kinds of lines on a bill that may be left out of every figure; Cost Explorer's RECORD_TYPEs."""

    CREDITS = "credits"
    REFUNDS = "refunds"
    TAX = "tax"


class Purpose(StrEnum):
    """Why AWS is asked: each has its own allowance of paid requests a day."""

    POST = "post"  # the daily post: at most two a payer and day
    QUESTION = "question"  # somebody asked


@dataclass(frozen=True, slots=True)
class Cut:
    """What a bill is cut by, always by account as well: Cost Explorer groups by two things at once."""

    by: str  # service, region, usage, or tag:Key
    of: str = ""  # of this service only


BY_SERVICE = Cut("service")


@dataclass(frozen=True, slots=True)
class Days:
    """Days from the first to the last, both included; none when the last comes before the first."""

    first: date
    last: date

    def __iter__(self) -> Iterator[date]:
        """Each day, in order."""
        return (self.first + timedelta(days=n) for n in range(len(self)))

    def __len__(self) -> int:
        """How many days."""
        return max(0, (self.last - self.first).days + 1)


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount, exact to ten decimals as AWS gives it; what it is not kept apart by is empty."""

    amount: Decimal
    currency: str
    day: date | None = None
    key: str = ""  # a service, a usage type, "" for a tag that is not there
    account: str = ""  # its name in the config, or AWS's twelve digits


@dataclass(frozen=True, slots=True)
class DayState:
    """How far one payer's day is known."""

    payer: str
    day: date
    asked: datetime  # when AWS was asked for it last
    settled: bool  # three days old when it was asked for, or final: it hardly changes any more
    final: bool  # AWS says that it is no estimate
    currency: str
    first: Decimal  # the day's total as it was first given when the day was over
    total: Decimal


@dataclass(frozen=True, slots=True)
class Gap:
    """A payer of whom something could not be read, and why."""

    payer: str
    why: Words


@dataclass(frozen=True, slots=True)
class Ahead:
    """One day of a forecast: what AWS expects, and between which bounds."""

    day: date
    mean: Decimal
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Forecast:
    """AWS's own forecast for a payer, as it was given on a day."""

    payer: str
    made: date
    currency: str
    days: tuple[Ahead, ...]
    interval: int = 80  # percent: the bounds hold so often


@dataclass(frozen=True, slots=True)
class Request:
    """A paid request of Cost Explorer's; each costs $0.01 ("AWS Cost Management pricing")."""

    payer: str
    at: datetime
    purpose: Purpose
    what: str  # such as "service 2026-11-01..2026-11-30"
    outcome: str  # answered, failed, or "" when toban died over it


@dataclass(frozen=True, slots=True)
class Budget:
    """What a month may cost."""

    account: str  # by its name in the config; "": all of it
    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class BillRules:
    """What the config says of the bill."""

    payers: tuple[str, ...] = ()  # accounts whose Cost Explorer is asked, by name
    metric: Metric = Metric.UNBLENDED
    left_out: tuple[LeftOut, ...] = ()
    tag: str = ""  # a cost allocation tag that the post shows; "": none
    floor: Decimal = Decimal(10)  # a day's difference below this is no anomaly, in the bill's currency
    mention: str = ""  # the user or user group that is called when an anomaly is large; "": nobody
    mention_above: Decimal = Decimal(100)
    posts: int = 2  # paid requests a payer and day for the post
    questions: int = 20  # paid requests a payer and day for what people ask


class Costs(Protocol):
    """The bill as commands may read it; only `read` and `read_forecast` ask AWS, and keep what they learn."""

    @property
    def rules(self) -> BillRules:
        """What the config says."""

    def payers(self) -> tuple[str, ...]:
        """The accounts that are asked, by name; without those that another one pays for."""

    def read(self, cut: Cut, days: Days, purpose: Purpose) -> tuple[Gap, ...]:
        """Ask AWS for the days that are not known, or may have changed since they were asked for."""

    def read_forecast(self, until: date, purpose: Purpose) -> tuple[Gap, ...]:
        """Ask AWS for its forecast, from today until then, if it was not asked today."""

    def sums(
        self,
        cut: Cut,
        days: Days,
        by: Collection[By] = (),
        *,
        account: str = "",
        key: str = "",
        without: Collection[str] = (),
    ) -> Sequence[Sum]:
        """What is known of these days, added up but for what it is kept apart by; of one account, of one key.

        An account is called by its name in the config, by AWS's name of it or by its twelve digits; what
        payers who are left out (`without`) pay is not counted.  Amounts of different currencies are never
        added.
        """

    def states(self, cut: Cut, days: Days) -> Sequence[DayState]:
        """How far each of these days is known, by payer and day; a day that is not known is absent."""

    def forecasts(self, on: date) -> Sequence[Forecast]:
        """The newest forecast of each payer that was made on this day or before."""

    def requests(self, since: datetime) -> Sequence[Request]:
        """The paid requests since then, newest first."""

    def budgets(self) -> Sequence[Budget]:
        """The budgets there are, the whole one first."""

    def set_budget(self, budget: Budget, person: str) -> None:
        """Set or replace the budget of an account; an amount of zero takes it away."""

    def held(self) -> "Costs":
        """The same, without asking AWS for anything: for previews."""


@dataclass(frozen=True, slots=True)
class NoCosts:
    """The bill of somebody who may not ask and holds nothing: for `toban plan` and for looks at AWS."""

    rules: BillRules = field(default_factory=BillRules)

    def payers(self) -> tuple[str, ...]:
        """None."""
        return ()

    def read(self, _cut: Cut, _days: Days, _purpose: Purpose) -> tuple[Gap, ...]:
        """Nothing is asked."""
        return ()

    def read_forecast(self, _until: date, _purpose: Purpose) -> tuple[Gap, ...]:
        """Nothing is asked."""
        return ()

    def sums(
        self,
        _cut: Cut,
        _days: Days,
        _by: Collection[By] = (),
        *,
        account: str = "",
        key: str = "",
        without: Collection[str] = (),
    ) -> Sequence[Sum]:
        """None."""
        del account, key, without
        return ()

    def states(self, _cut: Cut, _days: Days) -> Sequence[DayState]:
        """None."""
        return ()

    def forecasts(self, _on: date) -> Sequence[Forecast]:
        """None."""
        return ()

    def requests(self, _since: datetime) -> Sequence[Request]:
        """None."""
        return ()

    def budgets(self) -> Sequence[Budget]:
        """None."""
        return ()

    def set_budget(self, _budget: Budget, _person: str) -> None:
        """Does nothing: whoever only looks sets none."""

    def held(self) -> Costs:
        """Itself."""
        return self
