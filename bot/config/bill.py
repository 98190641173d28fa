"""Values of the table ``[bill]``: from what TOML gives to what they mean, or a `Mistake`."""

from decimal import Decimal, InvalidOperation

from bot.config.mistakes import Mistake, quoted
from bot.costs import LeftOut, Metric
from bot.grammar.suggest import hint
from bot.words import words

_MOST = Decimal(10) ** 9
_QUESTIONS = 1000  # ten dollars a payer and day


def read_metric(value: object) -> Metric:
    """Which of Cost Explorer's amounts."""
    if value not in tuple(Metric):
        near = hint(quoted(value), [one.value for one in Metric])
        raise Mistake(words("there is no metric “{metric}”. {hint}", metric=quoted(value), hint=near))
    return Metric(str(value))


def read_left_out(value: object) -> LeftOut:
    """A kind of lines that no figure counts."""
    if value not in tuple(LeftOut):
        near = hint(quoted(value), [one.value for one in LeftOut])
        raise Mistake(words("nothing called “{kind}” can be left out. {hint}", kind=quoted(value), hint=near))
    return LeftOut(str(value))


def read_money(value: object) -> Decimal:
    """An amount in the bill's currency, exact: ``"12.50"``, or a whole number."""
    try:
        amount = Decimal(value) if isinstance(value, str | int) and not isinstance(value, bool) else None
    except InvalidOperation:
        amount = None
    if amount is None or not amount.is_finite() or not 0 <= amount <= _MOST:
        raise Mistake(
            words(
                '“{amount}” is no amount of money; write it like 100 or "12.50", without a currency.',
                amount=quoted(value),
            )
        )
    return amount


def read_tag(value: object) -> str:
    """The key of a cost allocation tag; as a cut it is typed tag:team."""
    if not isinstance(value, str) or not value.strip() or value.startswith("tag:"):
        raise Mistake(words("“{tag}” is no key of a tag; write it alone, such as team.", tag=quoted(value)))
    return value


def read_questions(value: object) -> int:
    """How many paid requests a payer and day what people ask may need."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _QUESTIONS:
        raise Mistake(words("it must be a whole number from 0 to {most}, without quotes.", most=_QUESTIONS))
    return value
