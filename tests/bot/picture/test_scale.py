"""Few ticks, round amounts, days as people write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.picture.scale import money, named, scale
from tests.bot.picture.charts import days

AMOUNTS = st.decimals(-(10**9), 10**9, places=2)


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        ("0", "2460", ["0", "500", "1000", "1500", "2000"]),
        ("-120", "2460", ["0", "500", "1000", "1500", "2000"]),
        ("-900", "300", ["-800", "-600", "-400", "-200", "0", "200"]),
        ("0", "0.07", ["0.00", "0.02", "0.04", "0.06"]),
        ("5", "6", ["0", "1", "2", "3", "4", "5", "6"]),
        ("0", "0", ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
        ("-3", "-2", ["-3.0", "-2.5", "-2.0", "-1.5", "-1.0", "-0.5", "0.0"]),
    ],
)
def test_ticks_are_round_and_few(low: str, high: str, ticks: list[str]) -> None:
    assert scale(Decimal(low), Decimal(high)).ticks == tuple(map(Decimal, ticks))


@given(AMOUNTS, AMOUNTS)
def test_the_axis_holds_every_amount_and_zero(one: Decimal, other: Decimal) -> None:
    low, high = min(one, other), max(one, other)
    made = scale(low, high)
    assert made.low <= min(low, Decimal(0)) <= max(high, Decimal(0)) <= made.high
    assert 2 <= len(made.ticks) <= 7
    assert made.low <= made.ticks[0] <= made.ticks[-1] <= made.high


@pytest.mark.parametrize(
    ("amount", "currency", "language", "text"),
    [
        ("1200", "USD", "en", "$1.2k"),
        ("1000", "USD", "en", "$1k"),
        ("-300", "USD", "en", "−$300"),
        ("0", "USD", "en", "$0"),
        ("0.25", "USD", "en", "$0.25"),
        ("2500000", "JPY", "en", "¥2.5M"),
        ("2500000", "JPY", "ja", "￥2.5M"),
        ("50", "CHF", "en", "CHF 50"),
        ("-50", "CHF", "en", "−CHF 50"),
        ("12", "", "en", "12"),
        ("3000000000", "EUR", "en", "€3B"),
    ],
)
def test_an_amount_at_a_tick(amount: str, currency: str, language: str, text: str) -> None:
    assert money(Decimal(amount), currency, language) == text


def test_few_days_are_named_and_the_first_of_them() -> None:
    assert named(days(60), "en") == [
        (0, "1 Sep"),
        (12, "13 Sep"),
        (24, "25 Sep"),
        (36, "7 Oct"),
        (48, "19 Oct"),
    ]
    assert named(days(3), "ja") == [(0, "9/1"), (1, "9/2"), (2, "9/3")]


def test_what_is_no_day_stands_as_it_is() -> None:
    assert named(("2026-09", "web"), "en") == [(0, "2026-09"), (1, "web")]
