"""Golden cases: what AWS does not say.  The post comes, says what is missing, and is completed later."""

from datetime import date, timedelta

from tests.canned import Refusal
from tests.commands.cost.bills import EC2, PROD, S3, Bill
from tests.commands.cost.golden import (
    EVERYTHING,
    QUIET,
    SUNDAY,
    agrees,
    at,
    daily,
    forecast,
    new_york,
    of_day,
    rows,
    text,
    together,
    tokyo,
)  # fmt: skip

MONDAY, HALF_AN_HOUR = new_york(2026, 11, 30), timedelta(minutes=30)
SLOW_DOWN = Refusal("LimitExceededException", "slow down")
PATIENCE = "⚠️ Not up to date: dev: AWS asks for patience (LimitExceededException); ask again in a few minutes"


def test_throttled_on_the_very_first_morning_and_completed_half_an_hour_later() -> None:
    bill = Bill(daily(EC2, "100"), refusal=SLOW_DOWN)
    with at(MONDAY, dev=bill) as there:
        plan = there.plan("/cost report")
        assert str(plan.summary) == "Nothing is known of the bill of 2026-11-29."
        assert [str(note) for note in plan.notes] == [PATIENCE]
        assert (plan.table, plan.chart, plan.again) == (None, None, MONDAY + HALF_AN_HOUR)
        bill.refusal = None
        there.house.time.at = MONDAY + HALF_AN_HOUR
        then = agrees(there.plan("/cost report", asked=MONDAY), SUNDAY)
        assert text(then)[0] == (
            "The bill of 2026-11-29: $100.00, ±0 % against 2026-11-22 ($100.00) – provisional"
        )


def test_throttled_this_morning_what_yesterdays_post_knew_is_told() -> None:
    """Sunday is not known: it is neither nothing nor gone, and what moved is said of Saturday."""
    saturday = date(2026, 11, 28)
    bill = Bill(daily(EC2, "100", but={saturday: "90", SUNDAY: "110"}))
    with at(new_york(2026, 11, 29), QUIET, dev=bill) as there:
        there.plan("/cost report")
        bill.refusal = SLOW_DOWN
        there.house.time.at = MONDAY
        plan = agrees(there.plan("/cost report"))
        assert text(plan) == [
            "The bill of 2026-11-29: nothing is known yet",
            "What moved is said of 2026-11-28: $90.00, -10 % against 2026-11-21 ($100.00)",
            # 27 x 100 + 90 = 2,790; 28 x 100; 0.9964
            (
                "Month to date: 2026-11-01..2026-11-28: $2,790.00, ±0 % against 2026-10-01..2026-10-28"
                " ($2,800.00)"
            ),
            PATIENCE,
        ]
        assert rows(plan)[EVERYTHING] == ("$90.00", "$100.00", "-$10.00", "-10 %")
        assert (of_day(plan, saturday), of_day(plan, SUNDAY)) == ("90", "–")
        bill.refusal = None
        there.house.time.at = MONDAY + HALF_AN_HOUR
        then = agrees(there.plan("/cost report", asked=MONDAY), SUNDAY)
        assert rows(then)[EVERYTHING] == ("$110.00", "$100.00", "+$10.00", "+10 %")


def test_in_tokyo_the_day_before_was_asked_for_too_early_to_be_judged_without_a_second_look() -> None:
    """Yesterday's post had a third of Saturday; today AWS says nothing: Friday is the newest whole day."""
    saturday, friday = date(2026, 11, 28), date(2026, 11, 27)
    bill = Bill(daily(EC2, "100", saturday, but={saturday: "33", friday: "101"}))
    with at(tokyo(2026, 11, 29), QUIET, dev=bill) as there:
        there.plan("/cost report")
        bill.refusal = SLOW_DOWN
        there.house.time.at = tokyo(2026, 11, 30)
        plan = agrees(there.plan("/cost report"))
        assert text(plan)[:2] == [
            "The bill of 2026-11-29: nothing is known yet",
            "What moved is said of 2026-11-27: $101.00, +1 % against 2026-11-20 ($100.00)",
        ]


def test_days_that_did_not_fit_into_the_mornings_requests_are_named_and_not_counted() -> None:
    """Two groups a day, 21 in a page: of sixty days the ten oldest are known, and the ten newest."""
    bill = Bill([*daily(EC2, "100"), *daily(S3, "20")], page=21)
    with at(MONDAY, QUIET, dev=bill) as there:
        plan = agrees(there.plan("/cost report"), SUNDAY)
        assert there.requests() == 2
        assert text(plan) == [
            "The bill of 2026-11-29: $120.00, ±0 % against 2026-11-22 ($120.00) – provisional",
            # the 20th to the 29th: ten days, which compare with nothing
            "Month to date: 2026-11-01..2026-11-29: $1,200.00",
            "Not known, and not counted: 2026-10-11..2026-10-29, 2026-11-01..2026-11-19",
            (
                "⚠️ Not up to date: dev: today's 2 paid requests of Cost Explorer are made;"
                " the rest is asked for tomorrow"
            ),
        ]
        assert (of_day(plan, date(2026, 11, 19)), of_day(plan, date(2026, 11, 20))) == ("–", "120")
        assert plan.again == MONDAY + HALF_AN_HOUR


def test_a_day_whose_weekday_before_is_not_known_is_compared_with_nothing() -> None:
    """Three days in a page: the weekday before is among those that did not fit."""
    bill = Bill([*daily(EC2, "100"), *daily(S3, "20")], page=7)
    with at(MONDAY, QUIET, dev=bill) as there:
        plan = agrees(there.plan("/cost report"))
        assert text(plan)[0] == "The bill of 2026-11-29: $120.00 – provisional"
        assert rows(plan) == {
            EC2: ("$100.00", "–", "–", "–"),
            S3: ("$20.00", "–", "–", "–"),
            EVERYTHING: ("$120.00", "–", "–", "–"),
        }


def test_a_missing_right_to_forecasts_is_named_and_hides_nothing_else() -> None:
    denial = (
        "User: arn:aws:sts::123456789012:assumed-role/toban/x is not authorized to perform:"
        " ce:GetCostForecast on resource: *"
    )
    bill = Bill(daily(EC2, "100"))
    bill.on_ask = lambda: Refusal("AccessDeniedException", denial) if "Metric" in bill.asked[-1] else None
    with at(MONDAY, dev=bill) as there:
        plan = agrees(there.plan("/cost report"), SUNDAY)
        assert text(plan)[-1] == (
            "⚠️ Not up to date: dev: toban's role toban in account dev lacks ce:GetCostForecast on *;"
            " add it to the role's policy"
        )
        assert rows(plan)[EVERYTHING][0] == "$100.00"


def test_a_payer_who_cannot_be_read_for_a_week_is_left_out_of_what_moved() -> None:
    """Its last days were known once; without it Sunday is held against the Sunday before, also without it."""
    bills = {"dev": Bill(daily(EC2, "100")), "prod": Bill(daily(EC2, "900", account=PROD))}
    with together(new_york(2026, 11, 23), bills, QUIET) as there:
        there.plan("/cost report")
        bills["prod"].refusal = SLOW_DOWN
        there.house.time.at = MONDAY
        plan = agrees(there.plan("/cost report"), SUNDAY)
        assert text(plan)[0] == (
            "The bill of 2026-11-29: $100.00, ±0 % against 2026-11-22 ($100.00), without prod – provisional"
        )
        week = agrees(there.plan("/cost report --of week"))
        assert text(week)[0] == (
            "The bill of 2026-11-23..2026-11-29: $700.00, ±0 % against 2026-11-16..2026-11-22 ($700.00),"
            " without prod – provisional"
        )
        assert (of_day(plan, date(2026, 11, 22)), of_day(plan, SUNDAY)) == ("1000", "100")


def test_a_month_of_which_days_are_missing_is_not_added_up_with_a_forecast() -> None:
    """The forecast comes, the days from the 11th to the 19th do not: their sum would be too small."""
    rest = forecast(date(2026, 11, 20), date(2026, 11, 30), "110", "100", "125")
    bill = Bill(daily(EC2, "100"), forecast=rest)
    with at(new_york(2026, 11, 11), QUIET, dev=bill) as there:
        there.plan("/cost report")
        bill.on_ask = lambda: SLOW_DOWN if "GroupBy" in bill.asked[-1] else None
        there.house.time.at = new_york(2026, 11, 20)
        told = text(there.plan("/cost report"))
        assert [one for one in told if "AWS expects" in one] == []
        assert "Month to date: 2026-11-01..2026-11-10: $1,000.00, ±0 % against" in told[1]


def test_the_forecast_of_the_day_before_is_told_when_aws_has_none_today() -> None:
    bill = Bill(
        daily(EC2, "100"), forecast=forecast(date(2026, 11, 29), date(2026, 12, 2), "110", "90", "120")
    )
    with at(new_york(2026, 11, 29), dev=bill) as there:
        there.plan("/cost report")
        bill.on_ask = lambda: SLOW_DOWN if "Metric" in bill.asked[-1] else None
        there.house.time.at = MONDAY
        plan = agrees(there.plan("/cost report"), SUNDAY)
        # 29 x 100 and the 30th's 110, 90, 120
        assert (
            "AWS expects $3,010.00 for 2026-11, $2,990.00 to $3,020.00 (its forecast of 2026-11-29;"
            " each day keeps to its bounds in 80 % of cases)"
        ) in text(plan)
        assert text(plan)[-1] == PATIENCE
