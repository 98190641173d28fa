"""The local AWS's Cost Explorer answers what it is asked for, over the wire."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from botocore.exceptions import ClientError, ConnectionClosedError

from aws import cost_explorer
from playground.aws.bill_lines import COMPUTE, S3
from playground.aws.faults import Fault, Kind
from playground.aws.server import LocalAws
from tests.playground.aws.bill_reading import (
    ACCOUNT,
    DAY,
    DEVELOPMENT,
    REGION,
    SERVICE,
    TEAM,
    TODAY,
    USAGE,
    amounts,
    forecast,
    read,
)
from tests.playground.aws.conftest import ONCE, PRODUCTION
from tests.playground.aws.test_door import ask

STRANGER = "333333333333"


def test_a_payer_sees_its_members_and_a_member_itself(aws: LocalAws, ce: Any) -> None:
    day = TODAY - 5 * DAY
    answer = read(ce, day, day, ACCOUNT)
    assert {key[1] for key in amounts(answer)} == {PRODUCTION, DEVELOPMENT}
    assert answer["DimensionValueAttributes"] == [
        {"Value": PRODUCTION, "Attributes": {"description": "asagao-production"}},
        {"Value": DEVELOPMENT, "Attributes": {"description": "asagao-development"}},
    ]
    member = aws.client("ce", account=DEVELOPMENT, config=ONCE)
    assert {key[1] for key in amounts(read(member, day, day, ACCOUNT))} == {DEVELOPMENT}


def test_another_account_may_pay_for_others(aws: LocalAws, ce: Any) -> None:
    aws.control.pays_for(STRANGER, {DEVELOPMENT: "dev", "444444444444": "lab"})
    aws.control.spend("2026-11-20", S3, "444444444444", "1.5")
    other = aws.client("ce", account=STRANGER, config=ONCE)
    answer = read(other, date(2026, 11, 20), date(2026, 11, 20), ACCOUNT)
    assert {key[1] for key in amounts(answer)} == {DEVELOPMENT, "444444444444"}
    assert {one["Attributes"]["description"] for one in answer["DimensionValueAttributes"]} == {"dev", "lab"}


def test_a_total_is_only_there_without_groups(aws: LocalAws, ce: Any) -> None:
    aws.control.bill_only_spent()
    aws.control.spend("2026-11-20", S3, PRODUCTION, "1.5")
    first, last = date(2026, 11, 20), date(2026, 11, 21)
    spent, nothing = read(ce, first, last, SERVICE)["ResultsByTime"]
    assert spent["Total"] == {}
    assert (nothing["Groups"], nothing["Total"]) == ([], {"UnblendedCost": {"Amount": "0", "Unit": "USD"}})
    whole, _ = read(ce, first, last)["ResultsByTime"]
    assert (whole["Groups"], whole["Total"]["UnblendedCost"]["Amount"]) == ([], "1.5")


@pytest.mark.parametrize(
    ("filter", "wanted"),
    [
        ({"Dimensions": {"Key": "SERVICE", "Values": [S3]}}, {"a"}),
        ({"Not": {"Dimensions": {"Key": "RECORD_TYPE", "Values": ["Credit", "Tax"]}}}, {"a", "b"}),
        ({"Tags": {"Key": "team", "Values": ["web"]}}, {"b"}),
        ({"Tags": {"Key": "team", "MatchOptions": ["ABSENT"]}}, {"a", "c"}),
        (
            {
                "Or": [
                    {"Dimensions": {"Key": "LINKED_ACCOUNT", "Values": [DEVELOPMENT]}},
                    {"Dimensions": {"Key": "REGION", "Values": ["us-east-1"]}},
                ]
            },
            {"b", "c"},
        ),
        (
            {
                "And": [
                    {"Dimensions": {"Key": "SERVICE", "Values": [COMPUTE]}},
                    {"Not": {"Dimensions": {"Key": "RECORD_TYPE", "Values": ["Credit"]}}},
                ]
            },
            {"b"},
        ),
    ],
)
def test_a_filter_lets_through_what_it_names(
    aws: LocalAws, ce: Any, filter: Any, wanted: set[str]  # noqa: A002 - AWS's word
) -> None:  # fmt: skip
    aws.control.bill_only_spent()
    aws.control.spend("2026-11-20", S3, PRODUCTION, "1", "a")
    aws.control.spend("2026-11-20", COMPUTE, DEVELOPMENT, "2", "b", team="web")
    aws.control.spend("2026-11-20", COMPUTE, PRODUCTION, "-3", "c", region="us-east-1", kind="Credit")
    day = date(2026, 11, 20)
    assert {key[1] for key in amounts(read(ce, day, day, USAGE, Filter=filter))} == wanted


def test_a_tag_comes_with_its_key_also_where_it_is_not(aws: LocalAws, ce: Any) -> None:
    day = TODAY - 5 * DAY
    assert {key[1] for key in amounts(read(ce, day, day, TEAM))} == {
        "team$", "team$shop", "team$data", "team$platform",
    }  # fmt: skip
    unknown = {"Type": "TAG", "Key": "project"}
    assert {key[1] for key in amounts(read(ce, day, day, unknown))} == {"project$"}


ROOTS = {
    "Dimensions": {"Key": "SERVICE", "Values": [S3]},
    "Not": {"Dimensions": {"Key": "SERVICE", "Values": [S3]}},
}


@pytest.mark.parametrize(
    ("first", "last", "more", "words"),
    [
        (TODAY, TODAY, {"GroupBy": [SERVICE, ACCOUNT, REGION]}, "At most two"),
        (TODAY, TODAY, {"GroupBy": [{"Type": "DIMENSION"}]}, "Both type an key"),
        (TODAY, TODAY - DAY, {}, "should be before end date"),
        (date(2025, 9, 29), TODAY, {}, "beyond 14 months"),
        (TODAY, date(2026, 12, 1), {}, "end date past the beginning of next month"),
        (TODAY + DAY, TODAY + DAY, {}, "no later than the current date"),
        (TODAY, TODAY, {"Filter": {"And": [{"Not": ROOTS["Not"]}]}}, "at least 2 operands"),
        (TODAY, TODAY, {"Filter": ROOTS}, "more than one roots"),
    ],
)
def test_what_aws_refuses_is_refused(ce: Any, first: date, last: date, more: Any, words: str) -> None:
    with pytest.raises(ClientError, match=f"ValidationException.*{words}"):
        read(ce, first, last, **more)


def test_what_this_bill_cannot_tell_is_a_gap(ce: Any) -> None:
    for asked in (
        {"Granularity": "HOURLY"},
        {"GroupBy": [{"Type": "DIMENSION", "Key": "INSTANCE_TYPE"}]},
        {"Metrics": ["UsageQuantity"]},
    ):
        with pytest.raises(ClientError, match="LocalAwsGap"):
            read(ce, TODAY - 3 * DAY, TODAY, **asked)


def test_pages_hold_so_many_groups_and_together_they_are_the_whole(aws: LocalAws, ce: Any) -> None:
    first, last = TODAY - 6 * DAY, TODAY  # today has no groups yet
    whole = read(ce, first, last, SERVICE, ACCOUNT)
    aws.control.bill_pages(25)
    pages = [read(ce, first, last, SERVICE, ACCOUNT)]
    while token := pages[-1].get("NextPageToken"):
        pages.append(read(ce, first, last, SERVICE, ACCOUNT, NextPageToken=token))
    assert [len(amounts(page)) for page in pages[:-1]] == [25] * (len(pages) - 1)
    assert len(pages) > 3
    together = [one for page in pages for one in amounts(page).items()]
    assert together == list(amounts(whole).items())
    days = [result["TimePeriod"]["Start"] for page in pages for result in page["ResultsByTime"]]
    assert days.count(str(TODAY)) == 1
    assert set(days) == {str(first + number * DAY) for number in range(7)}


def test_a_token_is_good_for_its_own_request_only(aws: LocalAws, ce: Any) -> None:
    aws.control.bill_pages(5)
    token = read(ce, TODAY - 5 * DAY, TODAY, SERVICE)["NextPageToken"]
    with pytest.raises(ClientError, match="RequestChangedException"):
        read(ce, TODAY - 4 * DAY, TODAY, SERVICE, NextPageToken=token)
    with pytest.raises(ClientError, match="InvalidNextTokenException"):
        read(ce, TODAY - 5 * DAY, TODAY, SERVICE, NextPageToken="nonsense")


@pytest.mark.parametrize(
    ("fault", "problem", "words"),
    [
        (Fault(Kind.THROTTLE, action="GetCostAndUsage"), ClientError, "ThrottlingException"),
        (Fault(Kind.DENY, service="ce"), ClientError, "AccessDeniedException.*ce:GetCostAndUsage"),
        (Fault(Kind.ERROR, service="ce", code="DataUnavailableException", status=400), ClientError, "Data"),
        (Fault(Kind.CUT_BEFORE, action="GetCost*"), ConnectionClosedError, "closed"),
        (Fault(Kind.CUT_AFTER, account=PRODUCTION), ConnectionClosedError, "closed"),
    ],
)
def test_its_calls_go_wrong_on_order(
    aws: LocalAws, ce: Any, fault: Fault, problem: type[Exception], words: str
) -> None:
    order = aws.control.order(fault)
    with pytest.raises(problem, match=words):
        read(ce, TODAY, TODAY)
    assert aws.control.hits(order) == 1


def test_every_request_is_counted(aws: LocalAws, ce: Any) -> None:
    read(ce, TODAY, TODAY)
    forecast(ce, TODAY, TODAY)
    assert aws.control.count("GetCost*") == 2


def test_the_door_takes_orders_for_the_bill(aws: LocalAws, ce: Any) -> None:
    ask(aws, "bill_only_spent")
    ask(aws, "bill_in", currency="JPY")
    ask(aws, "bill_pages", groups=1)
    ask(aws, "bill_now", moment="2026-11-25T00:00:00Z")
    ask(aws, "pays_for", payer=PRODUCTION, members={STRANGER: "lab"})
    ask(aws, "spend", day="2026-11-20", service=S3, account=STRANGER, amount="150", amortized="5")
    ask(aws, "spend", day="2026-11-20", service=COMPUTE, account=PRODUCTION, amount="2", team="web")
    day = date(2026, 11, 20)
    page = read(ce, day, day, SERVICE, ACCOUNT, Metrics=["UnblendedCost", "AmortizedCost"])
    (group,) = page["ResultsByTime"][0]["Groups"]
    assert page["NextPageToken"]
    assert group["Metrics"]["UnblendedCost"] == {"Amount": "2", "Unit": "JPY"}


@pytest.mark.parametrize(
    "wrong",
    [
        lambda aws: aws.control.spend("2026-11-31", S3, PRODUCTION, "1"),
        lambda aws: aws.control.spend("2026-11-20", S3, PRODUCTION, "a lot"),
        lambda aws: aws.control.bill_pages(0),
        lambda aws: aws.control.bill_now("2026-11-20T00:00:00"),
    ],
)
def test_an_order_for_the_bill_that_makes_no_sense_is_refused(aws: LocalAws, wrong: Any) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        wrong(aws)


def test_after_a_reset_it_is_the_believable_bill_of_today_again(aws: LocalAws, ce: Any) -> None:
    aws.control.bill_only_spent()
    aws.control.bill_in("JPY")
    aws.reset()
    today = datetime.now(UTC).date()
    (result,) = read(ce, today - 5 * DAY, today - 5 * DAY)["ResultsByTime"]
    assert Decimal(result["Total"]["UnblendedCost"]["Amount"]) > 100
    assert result["Total"]["UnblendedCost"]["Unit"] == "USD"


def test_toban_reads_this_bill_as_any_other(aws: LocalAws, ce: Any) -> None:
    first, last = TODAY - 3 * DAY, TODAY
    page = cost_explorer.cost_and_usage(
        ce, first=first, last=last, by="tag:team", metric="unblended", left_out=("tax", "credits")
    )
    assert {one.key for one in page.amounts} == {"", "shop", "data", "platform"}
    assert list(page.final) == [first + number * DAY for number in range(4)]
    assert page.names == {PRODUCTION: "asagao-production", DEVELOPMENT: "asagao-development"}
    currency, days = cost_explorer.forecast(ce, first=TODAY, last=TODAY, metric="net-amortized")
    assert currency == "USD"
    assert days[0].low < days[0].mean < days[0].high
