"""A believable bill: what the made-up company owes for a day, the same each time it is asked for.

It keeps the week's rhythm, grows slowly and is never quite even.  On the first of a month stand the tax on
the month before and the fee of a reserved database; some days later a credit, now and then a refund.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from hashlib import blake2b

from playground.aws.bill_lines import COMPUTE, NAT_BYTES, OTHER, RDS, RECURRING, S3, Recurring
from playground.aws.fleet import DEVELOPMENT, PRODUCTION, TOKYO

CENT_OF_A_CENT = Decimal("0.0000000001")  # as exact as AWS writes amounts
USAGE, TAX, CREDIT, REFUND = "Usage", "Tax", "Credit", "Refund"
RESERVED, FEE = "DiscountedUsage", "RIFee"
"""Cost Explorer's RECORD_TYPEs."""
JUMP = Decimal("183.4271050000")
_BEGAN = date(2025, 1, 1)  # prices of `bill_lines` are this day's
_GROWTH = Decimal("0.0004")  # a day
_UNEVEN = Decimal("0.08")  # from the least to the most of an ordinary day
_TAX = Decimal("0.10")
_RESERVED_USAGE = "APN1-HeavyUsage:db.r7g.large"
_RESERVED_FEE = Decimal("148.92")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a bill; the figures of Cost Explorer are sums of such lines."""

    day: date
    account: str
    service: str
    region: str
    usage: str
    amount: Decimal  # as charged
    amortized: Decimal  # spread over the days it is for
    kind: str = USAGE
    team: str = ""


def chance(*about: object) -> Decimal:
    """A number from 0 up to 1, by chance but always the same for the same things."""
    drawn = blake2b("|".join(map(str, about)).encode(), digest_size=6).digest()
    return Decimal(int.from_bytes(drawn)) / 2**48


def believable(day: date) -> Iterator[Line]:
    """Every line of a day, once nothing of it is missing any more."""
    for one in RECURRING:
        uneven = 1 + (chance(day, one.account, one.usage) - Decimal("0.5")) * _UNEVEN
        yield _line(day, one, (_usual(day, one) * uneven).quantize(CENT_OF_A_CENT))
    yield from _reserved(day)
    if day.day == 1:
        yield from _taxes(day)
    yield from _given_back(day)


def jump(day: date) -> Line:
    """What goes wrong on a day: development's NAT gateway carries terabytes."""
    return Line(day, DEVELOPMENT, OTHER, TOKYO, NAT_BYTES, JUMP, JUMP, team="platform")


def _usual(day: date, one: Recurring) -> Decimal:
    grown = 1 + _GROWTH * (day - _BEGAN).days
    return one.daily * grown * one.rhythm.value[day.weekday()] / 100


def _line(day: date, one: Recurring, amount: Decimal) -> Line:
    return Line(day, one.account, one.service, one.region, one.usage, amount, amount, team=one.team)


def _reserved(day: date) -> Iterator[Line]:
    """A reserved database: paid on the first of each month, used every day."""
    each = (_RESERVED_FEE / monthrange(day.year, day.month)[1]).quantize(CENT_OF_A_CENT)
    used = Line(day, PRODUCTION, RDS, TOKYO, _RESERVED_USAGE, Decimal(0), each, RESERVED, "shop")
    yield used
    if day.day == 1:
        yield replace(used, amount=_RESERVED_FEE, amortized=Decimal(0), kind=FEE)


def _taxes(first: date) -> Iterator[Line]:
    """A tenth of what the month before has cost."""
    last = first - timedelta(days=1)
    days = [last.replace(day=number) for number in range(1, last.day + 1)]
    for account in (PRODUCTION, DEVELOPMENT):
        cost = sum(_usual(day, one) for day in days for one in RECURRING if one.account == account)
        tax = (cost * _TAX).quantize(Decimal("0.01"))
        yield Line(first, account, TAX, "NoRegion", "NoUsageType", tax, tax, TAX)


def _given_back(day: date) -> Iterator[Line]:
    if day.day == 3:
        yield _off(day, DEVELOPMENT, COMPUTE, "APN1-BoxUsage:t3.medium", Decimal(-75), CREDIT)
    if day.day == 12 and chance(day, REFUND) < Decimal("0.4"):
        yield _off(day, PRODUCTION, S3, "APN1-Requests-Tier1", Decimal("-12.40"), REFUND)


def _off(day: date, account: str, service: str, usage: str, amount: Decimal, kind: str) -> Line:
    return Line(day, account, service, TOKYO, usage, amount, amount, kind)
