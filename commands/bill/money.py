"""Money as text: rounded once, where it is shown, and so that what is shown adds up.  Pure.

Amounts are Decimals, exact to ten decimals as Cost Explorer gives them; never floats.  Rounding is to the
currency's smallest unit (ISO 4217), half of it away from zero (ROUND_HALF_UP): $0.005 is $0.01,
and -$0.005 is -$0.01.
"""

from collections.abc import Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal, localcontext

_EXACT = Context(prec=100, rounding=ROUND_HALF_UP)  # more digits than a bill has: sums stay exact
_SYMBOLS = {
    "USD": "$",
    "JPY": "¥",
    "EUR": "€",
    "GBP": "£",
    "INR": "₹",
}  # others share theirs
_DECIMALS = dict.fromkeys(("CLP", "ISK", "JPY", "KRW", "VND"), 0) | dict.fromkeys(
    ("BHD", "JOD", "KWD", "OMR", "TND"), 3
)  # ISO 4217; every other currency that AWS bills in has two
_MOST = 999  # percent: beyond it a figure says more of how little there was than of what came
NEW, SAME, NO_PERCENT = "🆕", "±0 %", "–"
"""Signs rather than words: a cell of a table is the same in every language."""


def text(amount: Decimal, currency: str, *, sign: bool = False) -> str:
    """An amount as people write it: $1,234.56, -$3.10, ¥12,345, CNY 1,234.50; with `sign` also +$3.10.

    What rounds to nothing is $0.00, without a sign.
    """
    shown_ = rounded(amount, currency)
    before = "-" if shown_ < 0 else "+" if sign and shown_ else ""
    unit = _SYMBOLS.get(currency, f"{currency} " if currency else "")
    return f"{before}{unit}{shown_.copy_abs():,f}"


def rounded(amount: Decimal, currency: str) -> Decimal:
    """The amount in whole smallest units of its currency, half of one away from zero."""
    return _EXACT.plus(amount.quantize(_unit(currency), context=_EXACT))  # plus: -0.00 becomes 0.00


def difference(before: Decimal, after: Decimal, currency: str) -> str:
    """What lies between two amounts, each as it is shown: so a reader's own sum comes to the same."""
    return text(rounded(after, currency) - rounded(before, currency), currency, sign=True)


def percent(before: Decimal, after: Decimal) -> str:
    """How much more or less, in whole percent: "+12 %".

    "🆕" where there was nothing; "–" where a percentage means nothing: of a negative amount (a day of more
    credits than charges), or into one.
    """
    if not before and not after:
        return SAME
    if before < 0 or after < 0:
        return NO_PERCENT
    if not before:
        return NEW
    whole = ((after - before) * 100 / before).quantize(Decimal(1), context=_EXACT)
    if whole > _MOST:
        return f"> +{_MOST} %"
    return f"{whole:+f} %" if whole else SAME


def shown(parts: Sequence[Decimal], total: Decimal, currency: str) -> list[Decimal]:
    """The parts as they are shown beside their total: rounded, and their sum is the rounded total.

    By largest remainders: each part is rounded down, and the units that are then missing go to the parts that
    lost most, the first of equal ones first.  So each shown part is less than one unit from what it is, and a
    part in whole units stays as it is.  Raises ValueError when the parts do not sum to the total.
    """
    unit = _unit(currency)
    with localcontext(_EXACT):
        if sum(parts) != total:
            raise ValueError(f"these parts sum to {sum(parts)}, not to {total}")
        down = [part.quantize(unit, rounding=ROUND_FLOOR) for part in parts]
        missing = int((total.quantize(unit) - sum(down)) / unit)
        lost = [part - less for part, less in zip(parts, down, strict=True)]
        most = sorted(range(len(parts)), key=lambda n: -lost[n])[:missing]
        return [less + unit * (n in most) + 0 for n, less in enumerate(down)]


def _unit(currency: str) -> Decimal:
    return Decimal(1).scaleb(-_DECIMALS.get(currency, 2))
