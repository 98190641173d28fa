"""Money in text, and parts that sum to what is shown as their total."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.bill import money

AMOUNTS = st.decimals(-(10**15), 10**15, allow_nan=False, allow_infinity=False, places=10)
NEAR_HALVES = st.integers(-2_000, 2_000).map(lambda tenths: Decimal(tenths).scaleb(-3))
"""Up to two dollars in tenths of a cent: half of them are near a half of something."""
PARTS = st.lists(AMOUNTS | NEAR_HALVES, max_size=30)
CURRENCIES = st.sampled_from(["USD", "JPY", "KWD", "CNY", ""])


@pytest.mark.parametrize(
    ("amount", "currency", "written"),
    [
        ("1234.56", "USD", "$1,234.56"),
        ("-3.1", "USD", "-$3.10"),
        ("12345", "JPY", "¥12,345"),
        ("1234.5", "CNY", "CNY 1,234.50"),
        ("-1234.5", "CNY", "-CNY 1,234.50"),
        ("1.2345", "KWD", "KWD 1.235"),
        ("0", "USD", "$0.00"),
        ("-0", "USD", "$0.00"),
        ("7", "", "7.00"),
        ("1E+3", "USD", "$1,000.00"),
        ("123456789012345.67", "USD", "$123,456,789,012,345.67"),
    ],
)
def test_each_currency_is_written_in_its_own_way(amount: str, currency: str, written: str) -> None:
    assert money.text(Decimal(amount), currency) == written


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        ("0.005", "$0.01"),
        ("-0.005", "-$0.01"),
        ("0.00499", "$0.00"),
        ("-0.00499", "$0.00"),
        ("2.675", "$2.68"),
    ],
)
def test_half_a_cent_is_rounded_away_from_nothing(amount: str, written: str) -> None:
    assert money.text(Decimal(amount), "USD") == written


def test_nothing_has_no_sign() -> None:
    assert str(money.rounded(Decimal("-0.001"), "USD")) == "0.00"


@pytest.mark.parametrize(("amount", "written"), [("3.1", "+$3.10"), ("-3.1", "-$3.10"), ("0.001", "$0.00")])
def test_a_difference_carries_its_sign(amount: str, written: str) -> None:
    assert money.text(Decimal(amount), "USD", sign=True) == written


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("100", "112", "+12 %"),
        ("100", "88", "-12 %"),
        ("100", "112.5", "+13 %"),
        ("100", "87.5", "-13 %"),
        ("100", "100.2", "±0 %"),
        ("100", "100", "±0 %"),
        ("0", "0", "±0 %"),
        ("0", "5", "🆕"),
        ("5", "0", "-100 %"),
        ("0", "-5", "–"),
        ("-5", "0", "–"),
        ("0.01", "50", "> +999 %"),
        ("-10", "-5", "–"),
        ("-10", "5", "–"),
        ("10", "-5", "–"),
    ],
)
def test_a_percentage_is_given_where_it_means_something(before: str, after: str, said: str) -> None:
    assert money.percent(Decimal(before), Decimal(after)) == said


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("5.006", "10.004", "+$4.99"),  # $5.01 and $10.00, though 4.998 lie between them
        ("10.004", "5.006", "-$4.99"),
        ("0.004", "0.0001", "$0.00"),
    ],
)
def test_what_lies_between_two_amounts_is_what_a_reader_counts(before: str, after: str, said: str) -> None:
    assert money.difference(Decimal(before), Decimal(after), "USD") == said


@given(before=AMOUNTS, after=AMOUNTS)
def test_a_percentage_goes_the_way_the_amounts_go(before: Decimal, after: Decimal) -> None:
    said = money.percent(before, after)
    if said[0] == "+":
        assert after > before
    if said[0] == "-":
        assert after < before


@given(parts=PARTS, currency=CURRENCIES)
def test_the_parts_that_are_shown_sum_to_the_total_that_is_shown(parts: list[Decimal], currency: str) -> None:
    total = sum(parts, Decimal(0))
    assert sum(money.shown(parts, total, currency)) == money.rounded(total, currency)


@given(parts=PARTS, currency=CURRENCIES)
def test_a_shown_part_is_less_than_one_unit_from_what_it_is(parts: list[Decimal], currency: str) -> None:
    unit = abs(money.rounded(Decimal(0), currency).as_tuple().exponent)  # type: ignore[arg-type]
    for part, seen in zip(parts, money.shown(parts, sum(parts, Decimal(0)), currency), strict=True):
        assert abs(part - seen) < Decimal(1).scaleb(-unit)


@given(amount=AMOUNTS, currency=CURRENCIES)
def test_a_total_of_one_part_shows_it_twice(amount: Decimal, currency: str) -> None:
    assert money.shown([amount], amount, currency) == [money.rounded(amount, currency)]


@given(parts=PARTS, currency=CURRENCIES)
def test_what_is_shown_is_written_as_it_is(parts: list[Decimal], currency: str) -> None:
    """A second rounding, in the text, changes nothing any more."""
    for seen in money.shown(parts, sum(parts, Decimal(0)), currency):
        assert Decimal(_number(money.text(seen, currency))) == seen


def test_a_missing_cent_goes_to_the_part_that_lost_most() -> None:
    assert _shown("0.004", "0.006", "1.00") == ["0.00", "0.01", "1.00"]
    assert _shown("3.333", "3.333", "3.334") == ["3.33", "3.33", "3.34"]
    assert _shown("0.005", "0.005") == ["0.01", "0.00"]


def test_a_part_in_whole_cents_stays_as_it_is() -> None:
    assert _shown("0.333", "0.333", "0.334", "5.00", "0") == ["0.33", "0.33", "0.34", "5.00", "0.00"]


def test_credits_are_parts_too() -> None:
    assert _shown("10.006", "-4.003", "-0.001") == ["10.00", "-4.00", "0.00"]


def test_parts_of_something_else_are_refused() -> None:
    with pytest.raises(ValueError, match="sum to 3, not to 4"):
        money.shown([Decimal(1), Decimal(2)], Decimal(4), "USD")


def _shown(*parts: str) -> list[str]:
    amounts = [Decimal(part) for part in parts]
    return [str(one) for one in money.shown(amounts, sum(amounts, Decimal(0)), "USD")]


def _number(text: str) -> str:
    return "".join(letter for letter in text if letter in "-.0123456789")
