"""The local AWS's forecast of its bill, over the wire."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from botocore.exceptions import ClientError

from playground.aws.bill_lines import S3
from playground.aws.server import LocalAws
from tests.playground.aws.bill_reading import (
    DAY,
    TODAY,
    forecast,
)
from tests.playground.aws.conftest import PRODUCTION


def test_a_forecast_keeps_the_rhythm_within_its_bounds(ce: Any) -> None:
    answer = forecast(ce, TODAY, date(2026, 12, 31), PredictionIntervalLevel=80)
    days = answer["ForecastResultsByTime"]
    means = {date.fromisoformat(one["TimePeriod"]["Start"]): Decimal(one["MeanValue"]) for one in days}
    assert list(means) == [TODAY + number * DAY for number in range(32)]
    assert sum(means.values()) == Decimal(answer["Total"]["Amount"])
    assert max(means[day] for day in means if day.weekday() >= 5) < min(
        means[day] for day in means if day.weekday() < 5
    )
    widths = [
        Decimal(one["PredictionIntervalUpperBound"]) - Decimal(one["PredictionIntervalLowerBound"])
        for one in days
    ]
    assert 0 < widths[0] < widths[-1]
    assert all(
        Decimal(one["PredictionIntervalLowerBound"])
        < Decimal(one["MeanValue"])
        < Decimal(one["PredictionIntervalUpperBound"])
        for one in days
    )


def test_without_a_level_a_forecast_has_no_bounds(ce: Any) -> None:
    (one,) = forecast(ce, TODAY, TODAY)["ForecastResultsByTime"]
    assert set(one) == {"TimePeriod", "MeanValue"}


def test_a_month_is_forecast_as_the_sum_of_its_days(ce: Any) -> None:
    days, months = (
        forecast(ce, TODAY, date(2026, 12, 31), Granularity=each, PredictionIntervalLevel=80)
        for each in ("DAILY", "MONTHLY")
    )
    assert [one["TimePeriod"] for one in months["ForecastResultsByTime"]] == [
        {"Start": "2026-11-30", "End": "2026-12-01"}, {"Start": "2026-12-01", "End": "2027-01-01"},
    ]  # fmt: skip
    assert months["Total"] == days["Total"]


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (TODAY - DAY, TODAY, "today or later"),
        (TODAY, TODAY - DAY, "Requested Start: 2026-11-30 must be before requested End: 2026-11-30"),
        (TODAY, date(2027, 3, 1), "3 months ahead"),
    ],
)
def test_a_forecast_that_aws_refuses_is_refused(ce: Any, first: date, last: date, words: str) -> None:
    with pytest.raises(ClientError, match=f"ValidationException.*{words}"):
        forecast(ce, first, last)


def test_too_little_is_known_for_a_forecast(aws: LocalAws, ce: Any) -> None:
    aws.control.bill_only_spent()
    with pytest.raises(ClientError, match="DataUnavailableException"):
        forecast(ce, TODAY, TODAY)
    for number in range(4, 24):
        aws.control.spend(str(TODAY - number * DAY), S3, PRODUCTION, "10")
    assert Decimal(forecast(ce, TODAY, TODAY)["Total"]["Amount"]) == 10
