"""What is known of the bill at a moment: the believable one, what was ordered besides, and how late it comes.

Cost Explorer is refreshed "at least once every 24 hours", and some of what a day cost comes later still: of a
day that is just over a seventh is missing, and after two days nothing.  A bill stays an estimate until its
month is closed, some days into the next one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from moto.core.utils import utcnow

from playground.aws.bill import CENT_OF_A_CENT, USAGE, Line, believable, chance, jump
from playground.aws.bill_lines import NAMES
from playground.aws.clock import Clock
from playground.aws.fleet import DEVELOPMENT, PRODUCTION

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
CLOSED_ON = 5  # of the month after
_LAG = 8 * HOUR  # until something is on the bill at all
_MISSING = ((1 * DAY, Decimal("0.30")), (2 * DAY, Decimal("0.04")))  # at most, until so long after the day


@dataclass(slots=True)
class Spending:
    """The bill as the local Cost Explorer knows it."""

    clock: Clock
    spent: list[Line] = field(default_factory=list)  # by order, known at once
    members: dict[str, tuple[str, ...]] = field(init=False)  # whom an account pays for, by its id
    names: dict[str, str] = field(init=False)
    currency: str = field(init=False)
    page: int | None = field(init=False)  # groups; None: any number
    is_believable: bool = field(init=False)
    _set: timedelta = field(init=False)  # what `set_now` has added to the time outside
    _jumped: date = field(init=False)
    _days: dict[date, tuple[Line, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Let the bill be the believable one again, as of now."""
        self.spent.clear()
        self.members, self.names = {PRODUCTION: (DEVELOPMENT,)}, dict(NAMES)
        self.currency, self.page, self.is_believable = "USD", None, True
        self.set_now(utcnow().replace(tzinfo=UTC))

    def set_now(self, moment: datetime) -> None:
        """Let it be this moment; two days before it, something went wrong."""
        self._set = moment - self._outside()
        self._jumped = self.now().date() - 2 * DAY
        self._days.clear()

    def now(self) -> datetime:
        """Return the time that Cost Explorer goes by."""
        return self._outside() + self._set

    def lines(self, day: date, asker: str) -> Iterator[Line]:
        """Yield what this account may see of a day, as far as it is known."""
        seen, now = {asker, *self.members.get(asker, ())}, self.now()
        for line in (*self._whole(day), *(one for one in self.spent if one.day == day)):
            if line.account in seen and (shown := known(line, now)) is not None:
                yield shown

    def is_final(self, day: date) -> bool:
        """Return whether the bill that this day is on is closed."""
        next_month = (day.replace(day=1) + 31 * DAY).replace(day=CLOSED_ON)
        return self.now().date() >= next_month

    def add(self, line: Line) -> None:
        """Let something have been spent."""
        self.spent.append(line)

    def pay(self, payer: str, members: Mapping[str, str]) -> None:
        """Let an account pay for others, by id and name, and for no one else."""
        self.members[payer] = tuple(members)
        self.names |= members

    def _whole(self, day: date) -> tuple[Line, ...]:
        if not self.is_believable:
            return ()
        if day not in self._days:
            gone_wrong = (jump(day),) if day == self._jumped else ()
            self._days[day] = (*believable(day), *gone_wrong)
        return self._days[day]

    def _outside(self) -> datetime:
        return utcnow().replace(tzinfo=UTC) + timedelta(seconds=self.clock.ahead)


def known(line: Line, now: datetime) -> Line | None:
    """Return the line as far as it is known; None when nothing of it is.  What is no use comes whole."""
    begun = datetime.combine(line.day, time(), UTC)
    age = now - begun - DAY
    if now < begun + _LAG:
        return None
    if age < timedelta(0) and line.kind == USAGE:
        return _part(line, Decimal((now - begun - _LAG) / DAY))
    for until, most in _MISSING:
        if age < until and line.kind == USAGE:
            return _part(line, 1 - most * chance(line.day, line.account, line.usage, "late"))
    return line


def _part(line: Line, share: Decimal) -> Line:
    amount, amortized = ((of * share).quantize(CENT_OF_A_CENT) for of in (line.amount, line.amortized))
    return replace(line, amount=amount, amortized=amortized)
