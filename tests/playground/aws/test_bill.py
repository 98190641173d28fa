"""What the local AWS's accounts cost, read over the wire: a believable bill, known little by little."""

from datetime import date
from decimal import Decimal
from typing import Any

from playground.aws.bill import JUMP
from playground.aws.bill_lines import COMPUTE, NAT_BYTES, OTHER, S3
from playground.aws.server import LocalAws
from tests.playground.aws.bill_reading import (
    ACCOUNT,
    DAY,
    DEVELOPMENT,
    KIND,
    REGION,
    SERVICE,
    TEAM,
    TODAY,
    USAGE,
    amounts,
    read,
    totals,
)


def test_however_it_is_grouped_it_is_the_same_sum(ce: Any) -> None:
    first = TODAY - 35 * DAY
    whole = totals(read(ce, first, TODAY))
    assert len(whole) == 36
    for groups in ((SERVICE, ACCOUNT), (USAGE, REGION), (TEAM, ACCOUNT), (KIND,), (TEAM, SERVICE)):
        assert totals(read(ce, first, TODAY, *groups)) == whole


def test_months_are_the_sums_of_their_days(ce: Any) -> None:
    days, months = (
        totals(read(ce, date(2026, 9, 15), TODAY, Granularity=each)) for each in ("DAILY", "MONTHLY")
    )
    assert list(months) == [date(2026, 9, 15), date(2026, 10, 1), date(2026, 11, 1)]
    for month, total in months.items():
        assert total == sum(cost for day, cost in days.items() if day.month == month.month)


def test_the_bill_reaches_back_fourteen_months_with_the_rhythm_of_weeks(ce: Any) -> None:
    found = totals(read(ce, date(2025, 9, 30), TODAY - 3 * DAY))
    assert len(found) == 424
    plain = {day: cost for day, cost in found.items() if day.day not in {1, 3, 12}}
    weekend = [cost for day, cost in plain.items() if day.weekday() >= 5]
    workday = [cost for day, cost in plain.items() if day.weekday() < 5]
    assert sum(weekend) / len(weekend) < Decimal("0.9") * sum(workday) / len(workday)
    october, november = (
        sum((found[date(2026, month, day)] for day in range(13, 27)), Decimal(0)) for month in (10, 11)
    )
    assert october < november < october * Decimal("1.05")


def test_it_is_the_same_bill_each_time(aws: LocalAws, ce: Any) -> None:
    asked = (TODAY - 40 * DAY, TODAY - 3 * DAY, SERVICE, ACCOUNT)
    before = read(ce, *asked)
    aws.reset()
    aws.control.bill_now("2026-11-30T00:30:00+00:00")
    assert read(ce, *asked) == before


def test_services_and_usage_are_called_as_on_awss_bills(ce: Any) -> None:
    day = TODAY - 5 * DAY
    services = {key[1] for key in amounts(read(ce, day, day, SERVICE))}
    assert {COMPUTE, OTHER, S3, "Amazon Relational Database Service", "AWS Data Transfer"} <= services
    assert len(services) >= 10
    usages = {key[1:] for key in amounts(read(ce, day, day, USAGE, REGION))}
    assert {("APN1-EBS:VolumeUsage.gp3", "ap-northeast-1"), ("BoxUsage:m7i.large", "us-east-1")} <= usages


def test_tax_comes_on_the_first_a_fee_too_and_credits_later(ce: Any) -> None:
    found = amounts(read(ce, date(2026, 11, 1), date(2026, 11, 4), KIND))
    kinds = {(day, kind) for day, kind in found if kind not in {"Usage", "DiscountedUsage"}}
    assert kinds == {("2026-11-01", "Tax"), ("2026-11-01", "RIFee"), ("2026-11-03", "Credit")}
    assert found["2026-11-03", "Credit"] == -75
    assert ("2026-11-01", "Tax") in amounts(read(ce, date(2026, 11, 1), date(2026, 11, 1), SERVICE))


def test_amortized_a_fee_lies_on_every_day_of_its_month(ce: Any) -> None:
    kinds = {"Filter": {"Dimensions": {"Key": "RECORD_TYPE", "Values": ["RIFee", "DiscountedUsage"]}}}
    metrics = ["UnblendedCost", "AmortizedCost"]
    answer = read(ce, date(2026, 10, 1), date(2026, 10, 31), Metrics=metrics, **kinds)
    charged, spread = (totals(answer, metric) for metric in metrics)
    assert [day.day for day, cost in charged.items() if cost] == [1]
    assert len(set(spread.values())) == 1
    assert abs(sum(charged.values(), Decimal(0)) - sum(spread.values(), Decimal(0))) < Decimal("0.0000001")


def test_two_days_ago_something_went_wrong_in_development(ce: Any) -> None:
    asked = {"Filter": {"Dimensions": {"Key": "SERVICE", "Values": [OTHER]}}}
    found = amounts(read(ce, TODAY - 9 * DAY, TODAY - 2 * DAY, USAGE, ACCOUNT, **asked))
    bytes_ = {day: cost for (day, usage, account), cost in found.items()
              if (usage, account) == (NAT_BYTES, DEVELOPMENT)}  # fmt: skip
    *before, (day, jumped) = sorted(bytes_.items())
    assert day == str(TODAY - 2 * DAY)
    assert jumped > Decimal("0.95") * JUMP
    assert jumped > 50 * max(cost for _, cost in before)


def test_the_jump_stays_on_its_day_as_time_passes(aws: LocalAws, ce: Any) -> None:
    aws.control.advance(2 * 86_400)
    found = totals(read(ce, TODAY - 9 * DAY, TODAY))
    assert max(found, key=lambda day: found[day]) == TODAY - 2 * DAY


def test_yesterday_is_not_complete_and_is_after_two_days(aws: LocalAws, ce: Any) -> None:
    yesterday = TODAY - DAY
    shares = []
    for _ in range(3):
        shares.append(totals(read(ce, yesterday, yesterday))[yesterday])
        aws.control.advance(86_400)
    settled = totals(read(ce, yesterday, yesterday))[yesterday]
    first, second, third = (known / settled for known in shares)
    assert Decimal("0.80") < first < Decimal("0.90")
    assert Decimal("0.97") < second < Decimal(1)
    assert third == 1


def test_today_grows(aws: LocalAws, ce: Any) -> None:
    seen = []
    for _ in range(3):
        seen.append(totals(read(ce, TODAY, TODAY))[TODAY])
        aws.control.advance(6 * 3_600)
    assert seen[0] == seen[1] == 0, "nothing is there in the first eight hours"
    aws.control.advance(3_600)
    assert totals(read(ce, TODAY, TODAY))[TODAY] > seen[2] > 0


def test_a_bill_is_an_estimate_until_its_month_is_closed(aws: LocalAws, ce: Any) -> None:
    def estimated() -> list[bool]:
        answer = read(ce, date(2026, 10, 30), date(2026, 11, 2))
        return [result["Estimated"] for result in answer["ResultsByTime"]]

    assert estimated() == [False, False, True, True]
    aws.control.advance(5 * 86_400)
    assert estimated() == [False] * 4
