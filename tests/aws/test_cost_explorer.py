"""Contract tests: what is asked of Cost Explorer, and how its answers are read.

The replies were written by hand after AWS's documentation; they are held against botocore's output model and
prove nothing more about AWS.
"""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from aws import cost_explorer
from aws.account import AccountConfig, Accounts
from aws.cost_explorer import Amount, Expected, Page
from aws.errors import AwsError, Denied, Refused, Throttled
from tests.aws.wire import Reaction, Wire, answering, cutting
from tests.canned import ACCOUNT_ID, Answer, CannedAccounts, Refusal

MEMBER = "222222222222"
MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
EC2, S3 = "Amazon Elastic Compute Cloud - Compute", "Amazon Simple Storage Service"


def money(amount: str, unit: str = "USD", metric: str = "UnblendedCost") -> dict[str, Any]:
    return {metric: {"Amount": amount, "Unit": unit}}


def group(key: str, account: str, amount: str, unit: str = "USD", metric: str = "UnblendedCost") -> Any:
    return {"Keys": [key, account], "Metrics": money(amount, unit, metric)}


def day(start: str, end: str, *groups: Any, estimated: bool = False, total: Any = None) -> dict[str, Any]:
    return {
        "TimePeriod": {"Start": start, "End": end},
        "Total": total or {},
        "Groups": list(groups),
        "Estimated": estimated,
    }


class Asked:
    """Answers every request with the same, and keeps what was asked."""

    def __init__(self, answer: Mapping[str, Any] | Refusal, call: str = "GetCostAndUsage") -> None:
        self.requests: list[dict[str, Any]] = []
        self._answer = answer
        replies: dict[str, Answer] = {f"ce.{call}": self._react}
        self.ce = cost_explorer.client(CannedAccounts(replies, role=None), "dev")

    def _react(self, body: Any) -> Mapping[str, Any] | Refusal:
        self.requests.append(json.loads(body))
        return self._answer

    def read(self, **more: Any) -> Page:
        asked: dict[str, Any] = {"first": MONDAY, "last": TUESDAY, "by": "service", "metric": "unblended"}
        return cost_explorer.cost_and_usage(self.ce, **asked | more)

    def forecast(self, **more: Any) -> tuple[str, tuple[Expected, ...]]:
        asked: dict[str, Any] = {"first": MONDAY, "last": TUESDAY, "metric": "unblended"}
        return cost_explorer.forecast(self.ce, **asked | more)


@pytest.fixture(autouse=True)
def _keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")


NOTHING: dict[str, Any] = {"ResultsByTime": []}
TWO_DAYS = {
    "GroupDefinitions": [
        {"Type": "DIMENSION", "Key": "SERVICE"},
        {"Type": "DIMENSION", "Key": "LINKED_ACCOUNT"},
    ],
    "ResultsByTime": [
        day("2026-11-23", "2026-11-24", group(EC2, ACCOUNT_ID, "12.3456789012"), group(S3, MEMBER, "-0.5")),
        day("2026-11-24", "2026-11-25", group(EC2, MEMBER, "1.0E-7"), estimated=True),
    ],
    "DimensionValueAttributes": [
        {"Value": ACCOUNT_ID, "Attributes": {"description": "Asagao"}},
        {"Value": MEMBER, "Attributes": {}},
    ],
    "NextPageToken": "more",
}


def test_amounts_are_read_exactly_by_day_key_and_account() -> None:
    page = Asked(TWO_DAYS).read()
    assert page.amounts == (
        Amount(MONDAY, EC2, ACCOUNT_ID, Decimal("12.3456789012")),
        Amount(MONDAY, S3, MEMBER, Decimal("-0.5")),
        Amount(TUESDAY, EC2, MEMBER, Decimal("0.0000001")),
    )
    assert (page.currency, page.token) == ("USD", "more")
    assert page.names == {ACCOUNT_ID: "Asagao", MEMBER: ""}


def test_a_day_is_final_when_aws_says_that_it_is_no_estimate() -> None:
    assert Asked(TWO_DAYS).read().final == {MONDAY: True, TUESDAY: False}


def test_the_end_that_aws_is_told_is_the_day_after_the_last() -> None:
    asked = Asked(NOTHING)
    asked.read(first=date(2026, 12, 31), last=date(2026, 12, 31))
    assert asked.requests[0]["TimePeriod"] == {"Start": "2026-12-31", "End": "2027-01-01"}
    assert asked.requests[0]["Granularity"] == "DAILY"


def test_a_day_that_cost_nothing_is_a_day_of_the_answer() -> None:
    reply = {"ResultsByTime": [day("2026-11-23", "2026-11-24", total=money("0", "JPY"))]}
    assert Asked(reply).read() == Page((), {MONDAY: True}, "JPY", {}, "")


def test_an_answer_without_any_amount_has_no_currency() -> None:
    reply = {"ResultsByTime": [day("2026-11-23", "2026-11-24")]}
    assert Asked(reply).read() == Page((), {MONDAY: True}, "", {}, "")


def test_an_answer_that_is_empty_has_no_days() -> None:
    assert Asked({}).read() == Page((), {}, "", {}, "")


@pytest.mark.parametrize(
    ("by", "first"),
    [
        ("service", {"Type": "DIMENSION", "Key": "SERVICE"}),
        ("region", {"Type": "DIMENSION", "Key": "REGION"}),
        ("usage", {"Type": "DIMENSION", "Key": "USAGE_TYPE"}),
        ("tag:cost:team", {"Type": "TAG", "Key": "cost:team"}),
    ],
)
def test_what_is_cut_by_one_thing_is_cut_by_account_as_well(by: str, first: dict[str, str]) -> None:
    asked = Asked(NOTHING)
    asked.read(by=by)
    assert asked.requests[0]["GroupBy"] == [first, {"Type": "DIMENSION", "Key": "LINKED_ACCOUNT"}]


def test_the_value_of_a_tag_stands_behind_its_key() -> None:
    reply = {
        "ResultsByTime": [
            day(
                "2026-11-23",
                "2026-11-24",
                group("team$web", ACCOUNT_ID, "1"),
                group("team$a$b", ACCOUNT_ID, "2"),
                group("team$", ACCOUNT_ID, "3"),
            )
        ]
    }
    assert [one.key for one in Asked(reply).read(by="tag:team").amounts] == ["web", "a$b", ""]


def test_a_dollar_in_a_usage_type_is_part_of_it() -> None:
    reply = {"ResultsByTime": [day("2026-11-23", "2026-11-24", group("a$b", ACCOUNT_ID, "1"))]}
    assert [one.key for one in Asked(reply).read(by="usage").amounts] == ["a$b"]


@pytest.mark.parametrize(
    ("metric", "cost", "ahead"),
    [
        ("unblended", "UnblendedCost", "UNBLENDED_COST"),
        ("amortized", "AmortizedCost", "AMORTIZED_COST"),
        ("net-unblended", "NetUnblendedCost", "NET_UNBLENDED_COST"),
        ("net-amortized", "NetAmortizedCost", "NET_AMORTIZED_COST"),
    ],
)
def test_each_metric_has_two_names(metric: str, cost: str, ahead: str) -> None:
    reply = {"ResultsByTime": [day("2026-11-23", "2026-11-24", group(EC2, MEMBER, "1", metric=cost))]}
    asked = Asked(reply)
    assert asked.read(metric=metric).amounts[0].amount == 1
    assert asked.requests[0]["Metrics"] == [cost]
    forecast = Asked(AHEAD, "GetCostForecast")
    forecast.forecast(metric=metric)
    assert forecast.requests[0]["Metric"] == ahead


SERVICE = {"Dimensions": {"Key": "SERVICE", "Values": [EC2]}}


def without(*kinds: str) -> dict[str, Any]:
    return {"Not": {"Dimensions": {"Key": "RECORD_TYPE", "Values": list(kinds)}}}


@pytest.mark.parametrize(
    ("of", "left_out", "filter"),
    [
        ("", (), None),
        (EC2, (), SERVICE),
        ("", ("tax", "credits"), without("Credit", "Tax")),
        (EC2, ("refunds",), {"And": [SERVICE, without("Refund")]}),
    ],
)
def test_a_filter_has_one_root(of: str, left_out: tuple[str, ...], filter: Any) -> None:  # noqa: A002 - AWS's word
    asked = Asked(NOTHING)
    asked.read(of=of, left_out=left_out)
    assert asked.requests[0].get("Filter") == filter


def test_a_token_asks_for_the_page_after_it() -> None:
    asked = Asked(NOTHING)
    asked.read()
    asked.read(token="more")
    assert [one.get("NextPageToken") for one in asked.requests] == [None, "more"]


def test_two_currencies_in_one_answer_are_never_added() -> None:
    groups = group(EC2, ACCOUNT_ID, "1"), group(EC2, MEMBER, "150", "JPY")
    with pytest.raises(AwsError, match="JPY and USD"):
        Asked({"ResultsByTime": [day("2026-11-23", "2026-11-24", *groups)]}).read()


def test_the_same_text_is_kept_once() -> None:
    days = [day("2026-11-23", "2026-11-24", group("".join(EC2), MEMBER, "1")) for _ in range(2)]
    first, second = Asked({"ResultsByTime": json.loads(json.dumps(days))}).read().amounts
    assert first.key is second.key
    assert first.account is second.account


AHEAD = {
    "Total": {"Amount": "110.5", "Unit": "USD"},
    "ForecastResultsByTime": [
        {
            "TimePeriod": {"Start": "2026-11-23", "End": "2026-11-24"},
            "MeanValue": "50.25",
            "PredictionIntervalLowerBound": "40.1",
            "PredictionIntervalUpperBound": "60.4",
        },
        {
            "TimePeriod": {"Start": "2026-11-24", "End": "2026-11-25"},
            "MeanValue": "60.25",
            "PredictionIntervalLowerBound": "45",
            "PredictionIntervalUpperBound": "75.5",
        },
    ],
}


def test_a_forecast_has_a_mean_and_bounds_for_each_day() -> None:
    asked = Asked(AHEAD, "GetCostForecast")
    assert asked.forecast(left_out=("tax",)) == (
        "USD",
        (
            Expected(MONDAY, Decimal("50.25"), Decimal("40.1"), Decimal("60.4")),
            Expected(TUESDAY, Decimal("60.25"), Decimal(45), Decimal("75.5")),
        ),
    )
    assert asked.requests == [
        {
            "TimePeriod": {"Start": "2026-11-23", "End": "2026-11-25"},
            "Granularity": "DAILY",
            "Metric": "UNBLENDED_COST",
            "PredictionIntervalLevel": 80,
            "Filter": without("Tax"),
        }
    ]


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("DataUnavailableException", Refused),
        ("ValidationException", Refused),
        ("LimitExceededException", Throttled),
        ("ThrottlingException", Throttled),
        ("AccessDeniedException", Denied),
    ],
)
def test_a_refusal_carries_awss_code(code: str, kind: type[AwsError]) -> None:
    for ask in (Asked(Refusal(code)).read, Asked(Refusal(code), "GetCostForecast").forecast):
        with pytest.raises(kind) as caught:
            ask()
        assert (type(caught.value), caught.value.said.code) == (kind, code)


def test_who_may_not_ask_is_told_which_action_is_missing() -> None:
    with pytest.raises(Denied) as caught:
        Asked(Refusal("AccessDeniedException")).read()
    assert caught.value.action == "ce:GetCostAndUsage"


@pytest.mark.parametrize("reaction", [cutting, answering('{"__type": "ThrottlingException"}', 400)])
def test_a_request_that_is_paid_for_is_sent_once(wire: Wire, wired: Accounts, reaction: Reaction) -> None:
    wire.reactions = [reaction]
    with pytest.raises(AwsError):
        cost_explorer.cost_and_usage(
            cost_explorer.client(wired, "dev"), first=MONDAY, last=MONDAY, by="service", metric="unblended"
        )
    assert len(wire.seen) == 1


@pytest.mark.parametrize("region", ["ap-northeast-1", "us-east-1"])
def test_every_region_leads_to_its_one_endpoint(region: str) -> None:
    aws = Accounts([AccountConfig("dev", ACCOUNT_ID, (region,))])
    assert cost_explorer.client(aws, "dev").meta.endpoint_url == "https://ce.us-east-1.amazonaws.com"
