"""Which days cost far more or less than was to be expected, and which only seem so."""

from collections.abc import Collection
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.bill.anomalies import Anomaly, detect
from tests.commands.bill.series import FLOOR, TODAY, before, bill, usual, with_

FIRST = date(2026, 11, 1)  # a Sunday
AMOUNTS = st.decimals(-1000, 1000, places=2) | st.just(Decimal(0))
ANY_SERIES = st.lists(st.none() | AMOUNTS, min_size=30, max_size=70).map(
    lambda amounts: {TODAY - timedelta(n): amount for n, amount in enumerate(amounts) if amount is not None}
)


def found(amount: float | str, day: date = TODAY) -> Anomaly | None:
    """What is said when this day costs so much after weeks as they always are."""
    return detect(with_(bill(day=day), {day: amount}), day, FLOOR, key="EC2", currency="USD")


@pytest.mark.parametrize("amount", [140, 60, 300, 0, -50])
def test_a_day_far_from_its_weekday_is_an_anomaly(amount: int) -> None:
    anomaly = found(amount)
    assert anomaly is not None
    assert (anomaly.day, anomaly.key, anomaly.amount) == (TODAY, "EC2", Decimal(amount))
    assert anomaly.difference == anomaly.amount - anomaly.expected
    assert anomaly.low < anomaly.expected < anomaly.high
    assert not anomaly.low < anomaly.amount < anomaly.high
    assert abs(anomaly.expected - 100) < 3


@pytest.mark.parametrize("amount", [85, 100, 115])
def test_a_day_near_its_weekday_is_none(amount: int) -> None:
    assert found(amount) is None


def test_each_weekday_has_its_own_level() -> None:
    sunday = TODAY - timedelta(4)
    assert found(50, sunday) is None
    assert found(100, sunday) is not None
    assert found(50) is not None


def test_it_says_what_was_to_be_expected_and_from_what_it_knows() -> None:
    anomaly = detect(with_(bill(lambda day: 100), {TODAY: "150.5"}), TODAY, FLOOR, currency="USD")
    assert anomaly is not None
    assert str(anomaly.why) == (
        "$100.00 was to be expected, between $80.00 and $120.00, by this weekday of the 8 weeks before"
    )
    assert 17 < anomaly.score < 18  # as if it had varied by two dollars


def test_a_difference_below_the_floor_does_not_count() -> None:
    series = with_(bill(lambda day: usual(day) / 20), {TODAY: 14})
    assert detect(series, TODAY, Decimal(10)) is None
    assert detect(series, TODAY, Decimal(5)) is not None


@pytest.mark.parametrize(("amount", "counts"), [(1190, False), (1210, True), (810, False), (790, True)])
def test_what_never_varied_may_vary_by_a_fifth(amount: int, counts: bool) -> None:
    """The deviation of such a series is nothing, and would make an anomaly of every cent."""
    series = with_(bill(lambda day: 1000), {TODAY: amount})
    assert (detect(series, TODAY, FLOOR) is not None) is counts


@pytest.mark.parametrize("restless", [range(7), [3], [0, 1, 2, 4, 5, 6]])
def test_what_varies_much_must_go_further(restless: Collection[int]) -> None:
    """All of it, or its Thursdays; or all but them, and they agree by chance."""
    series = bill(lambda day: 60 + day.toordinal() * 37 % 80 if day.weekday() in restless else 100)
    assert detect(with_(series, {TODAY: 150}), TODAY, FLOOR) is None
    assert detect(with_(series, {TODAY: 400}), TODAY, FLOOR) is not None


@pytest.mark.parametrize("weekly", [1.05, 1.03, 0.97, 0.95])
def test_slow_growth_and_slow_decline_do_not_count(weekly: float) -> None:
    slow = bill(lambda day: usual(day) * weekly ** ((day - TODAY).days / 7), days=100)
    assert [day for day in before(days=40) if detect(slow, day, FLOOR)] == []
    assert detect(with_(slow, {TODAY: 150}), TODAY, FLOOR) is not None
    assert detect(with_(slow, {TODAY: 55}), TODAY, FLOOR) is not None


@pytest.mark.parametrize("ago", range(7, 14))
@pytest.mark.parametrize(("times", "more"), [(1.6, 0), (1, 60), (0.5, 0), (1, -40)])
def test_a_new_level_is_told_for_four_days_and_then_it_is_the_level(
    ago: int, times: float, more: float
) -> None:
    """Whatever weekday it begins on, and whether it adds to every day or multiplies them."""
    start = TODAY - timedelta(ago)
    series = bill(lambda day: usual(day) * times + more if day >= start else usual(day))
    told = [(day - start).days for day in [*before(days=ago), TODAY] if detect(series, day, FLOOR)]
    assert told == [0, 1, 2, 3]


def test_what_was_cut_three_weeks_ago_and_is_back_is_told() -> None:
    series = bill(lambda day: usual(day) * (0.5 if day > TODAY - timedelta(22) else 1))
    assert detect(series, TODAY, FLOOR) is None
    assert detect(with_(series, {TODAY: 100}), TODAY, FLOOR) is not None


def test_a_week_without_any_cost_is_no_riddle() -> None:
    series = with_(bill(), dict.fromkeys(before(TODAY - timedelta(20), 7), 0))
    assert detect(series, TODAY, FLOOR) is None
    assert detect(with_(series, {TODAY: 200}), TODAY, FLOOR) is not None


def test_one_known_day_of_a_week_is_not_its_level() -> None:
    series = with_(bill(), {TODAY - timedelta(1): 300, TODAY: 300})
    for n in range(2, 8):
        del series[TODAY - timedelta(n)]
    assert detect(series, TODAY, FLOOR) is not None


def test_a_week_that_was_odd_makes_none_of_the_days_after_it() -> None:
    odd = before(TODAY - timedelta(7), 6)
    series = with_(bill(), dict.fromkeys(odd, 300))
    assert detect(series, odd[0], FLOOR) is not None
    assert [day for day in [*before(days=7), TODAY] if detect(series, day, FLOOR)] == []


def test_an_old_anomaly_hides_no_new_one() -> None:
    old = {TODAY - timedelta(7): 400, TODAY - timedelta(14): 400}
    assert detect(with_(bill(), {**old, TODAY: 160}), TODAY, FLOOR) is not None


def test_nothing_is_said_with_less_than_four_weeks() -> None:
    spiked = with_(bill(), {TODAY: 500})
    days = sorted(spiked)
    assert detect({day: spiked[day] for day in days[-28:]}, TODAY, FLOOR) is None
    assert detect({day: spiked[day] for day in days[-29:]}, TODAY, FLOOR) is not None


def test_days_that_are_not_known_are_passed_over() -> None:
    gone = {TODAY - timedelta(n) for n in (1, 2, 3, 7, 14, 21, 30, 31)}
    series = {day: amount for day, amount in bill().items() if day not in gone}
    assert detect(series, TODAY, FLOOR) is None
    anomaly = detect(with_(series, {TODAY: 150}), TODAY, FLOOR)
    assert anomaly is not None
    assert "this weekday of the 5 weeks before" in str(anomaly.why)
    assert detect(series, TODAY - timedelta(1), FLOOR) is None


def test_where_the_weekday_is_rarely_known_its_kind_stands_for_it() -> None:
    """No Thursday is known but one; on a weekend no Saturday."""
    for day, by in (
        (TODAY, "the 33 weekdays before"),
        (TODAY + timedelta(2), "the 9 days of weekends before"),
    ):
        known = {
            one: amount
            for one, amount in bill(day=day).items()
            if one.weekday() != day.weekday() or one == day - timedelta(56)
        }
        anomaly = detect(with_(known, {day: 200}), day, FLOOR)
        assert anomaly is not None
        assert by in str(anomaly.why)


def test_where_its_kind_is_rarely_known_all_days_stand_for_it() -> None:
    """Of a payer that was read on weekdays only, and one Sunday."""
    saturday = TODAY + timedelta(2)
    weekdays = {day: amount for day, amount in bill(day=saturday).items() if day.weekday() < 5}
    known = with_(weekdays, {saturday - timedelta(20): 20})
    assert detect(with_(known, {saturday: 100}), saturday, FLOOR) is None
    anomaly = detect(with_(known, {saturday: 200}), saturday, FLOOR)
    assert anomaly is not None
    assert "the 41 days before" in str(anomaly.why)


def test_what_comes_after_a_day_changes_nothing() -> None:
    day = TODAY - timedelta(10)
    series = with_(bill(), {day: 400, TODAY: -5000, day + timedelta(1): 9000})
    cut = {one: amount for one, amount in series.items() if one <= day}
    assert detect(series, day, Decimal(150)) == detect(cut, day, Decimal(150)) is not None


def test_a_charge_of_each_first_is_expected_on_the_first() -> None:
    """Tax, support, and fees of savings plans."""
    fees = bill(lambda day: 500 if day.day == 1 else 0, days=100, day=FIRST)
    assert detect(fees, FIRST, FLOOR) is None
    assert detect(with_(fees, {FIRST: 590}), FIRST, FLOOR) is None
    assert detect({day: fees[day] for day in [*before(FIRST, 31), FIRST]}, FIRST, FLOOR) is None
    more = detect(with_(fees, {FIRST: 1500}), FIRST, FLOOR)
    assert more is not None
    assert (more.expected, more.difference) == (Decimal(500), Decimal(1000))
    assert str(more.why).endswith("by this day of the 3 months before")


def test_a_charge_of_each_first_is_expected_above_what_the_day_costs_anyway() -> None:
    series = bill(lambda day: usual(day) + (500 if day.day == 1 else 0), days=100, day=FIRST)
    assert [day for day in sorted(series)[40:] if detect(series, day, FLOOR)] == []


def test_of_a_first_without_an_earlier_one_nothing_is_said() -> None:
    fees = bill(lambda day: 500 if day.day == 1 else 0, days=30, day=FIRST)
    assert detect(fees, FIRST, FLOOR) is None
    assert detect(with_(fees, {FIRST: 9000}), FIRST, FLOOR) is None


def test_another_day_of_the_month_needs_two_months_that_agree() -> None:
    october, september = date(2026, 10, 19), date(2026, 9, 19)
    once = with_(bill(days=45), {october: 600, TODAY: 600})
    assert detect(once, TODAY, FLOOR) is not None
    assert detect(with_(bill(days=100), once), TODAY, FLOOR) is not None
    assert detect(with_(bill(days=100), {**once, september: 550}), TODAY, FLOOR) is None


def test_the_last_day_of_a_long_month_is_compared_with_the_last_of_a_short_one() -> None:
    day = date(2026, 3, 31)
    series = with_(bill(days=100, day=day), {date(2026, 2, 28): 400, date(2026, 1, 31): 400, day: 450})
    assert detect(series, day, FLOOR) is None


def test_what_costs_nothing_may_become_an_anomaly() -> None:
    nothing = bill(lambda day: 0)
    assert detect(nothing, TODAY, FLOOR) is None
    assert detect(with_(nothing, {TODAY: "9.99"}), TODAY, FLOOR) is None
    anomaly = detect(with_(nothing, {TODAY: 12}), TODAY, FLOOR)
    assert anomaly is not None
    assert (anomaly.expected, anomaly.low) == (Decimal(0), Decimal(0))


def test_credits_have_their_usual_too() -> None:
    credited = bill(lambda day: -usual(day))
    assert detect(credited, TODAY, FLOOR) is None
    ended = detect(with_(credited, {TODAY: 0}), TODAY, FLOOR)
    assert ended is not None
    assert ended.difference > 0
    assert ended.low < -100


def test_a_refund_is_a_drop() -> None:
    anomaly = found(-500)
    assert anomaly is not None
    assert anomaly.difference < -590


@given(series=ANY_SERIES)
def test_any_series_has_an_answer(series: dict[date, Decimal]) -> None:
    anomaly = detect(series, TODAY, FLOOR)
    if anomaly is not None:
        assert abs(anomaly.difference) >= FLOOR
        assert anomaly.amount - anomaly.difference == anomaly.expected


@given(series=ANY_SERIES, times=st.sampled_from([Decimal(-1), Decimal(7), Decimal("150")]))
def test_another_currency_or_the_other_sign_makes_no_difference(
    series: dict[date, Decimal], times: Decimal
) -> None:
    here = detect(series, TODAY, FLOOR)
    there = detect({day: amount * times for day, amount in series.items()}, TODAY, FLOOR * abs(times))
    assert (here is None) == (there is None)
    if here is not None and there is not None:
        assert there.difference == here.difference * times
