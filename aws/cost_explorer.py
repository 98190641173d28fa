"""Cost Explorer: what an account and those it pays for cost by day, and what AWS expects of days to come.

Each call here is one request, and each request costs $0.01 ("AWS Cost Management pricing"), so none is
repeated by botocore.  A day is a day of UTC.  Amounts are exact, as AWS writes them.

Sources: "GetCostAndUsage" and "GetCostForecast" of the AWS Billing and Cost Management API reference.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from aws.account import Accounts, Place
from aws.errors import AwsError, speaking_plainly
from aws.said import Said

if TYPE_CHECKING:
    from mypy_boto3_ce import CostExplorerClient

INTERVAL = 80  # percent: how often what comes lies between the bounds of a forecast
_DAY = timedelta(days=1)
_DIMENSIONS = {"service": "SERVICE", "region": "REGION", "usage": "USAGE_TYPE"}
_RECORD_TYPES = {"credits": "Credit", "refunds": "Refund", "tax": "Tax"}
_TAG = "tag:"


@dataclass(frozen=True, slots=True)
class Amount:
    """What one account owes for one key on one day."""

    day: date
    key: str  # a service, a region, a usage type, or the value of a tag: "" for what does not carry it
    account: str  # AWS's twelve digits
    amount: Decimal  # below zero for credits and refunds


@dataclass(frozen=True, slots=True)
class Page:
    """One answer, and whether there is more."""

    amounts: tuple[Amount, ...]
    final: Mapping[date, bool]  # every day of the answer: True when AWS says that it is no estimate
    currency: str  # "" when there is no amount at all
    names: Mapping[str, str]  # account id -> AWS's name of it
    token: str  # of the next page; "" at the end


@dataclass(frozen=True, slots=True)
class Expected:
    """What AWS expects a day to cost, and between which bounds."""

    day: date
    mean: Decimal
    low: Decimal
    high: Decimal


def client(aws: Accounts, account: str) -> "CostExplorerClient":
    """Cost Explorer as this account; it has one endpoint, which botocore finds from any region."""
    place = Place(account, aws.regions(account)[0])
    return cast("CostExplorerClient", aws.client("ce", place, once=True))


def cost_and_usage(
    ce: "CostExplorerClient",
    *,
    first: date,
    last: date,
    by: str,
    of: str = "",
    metric: str,
    left_out: Collection[str] = (),
    token: str = "",
) -> Page:
    """What the days from first to last cost, by account and by "service", "region", "usage" or "tag:Key".

    Only `of` this service, unless it is ""; without what is `left_out`: "credits", "refunds", "tax".
    The metric is "unblended", "amortized", "net-unblended" or "net-amortized".  Raises AwsError.
    """
    name = "".join(part.capitalize() for part in metric.split("-")) + "Cost"
    asked: dict[str, Any] = {
        "TimePeriod": _period(first, last),
        "Granularity": "DAILY",
        "Metrics": [name],
        "GroupBy": [_group(by), {"Type": "DIMENSION", "Key": "LINKED_ACCOUNT"}],
        **_filter(of, left_out),
    }
    if token:
        asked["NextPageToken"] = token
    with speaking_plainly(f"reading the bill of {first} to {last}"):
        reply = ce.get_cost_and_usage(**asked)
    return _page(reply, name, is_tag=by.startswith(_TAG))


def forecast(
    ce: "CostExplorerClient", *, first: date, last: date, metric: str, left_out: Collection[str] = ()
) -> tuple[str, tuple[Expected, ...]]:
    """The currency, and what AWS expects of each day from the first, which is today or later, to the last.

    Raises AwsError; a Refused with the code DataUnavailableException when AWS knows too little of the past.
    """
    with speaking_plainly(f"asking what {first} to {last} will cost"):
        reply = ce.get_cost_forecast(
            TimePeriod=_period(first, last),  # type: ignore[arg-type]  # a dict of two texts is one
            Granularity="DAILY",
            Metric=f"{metric.replace('-', '_').upper()}_COST",  # type: ignore[arg-type]  # one of its literals
            PredictionIntervalLevel=INTERVAL,
            **_filter("", left_out),
        )
    return reply["Total"]["Unit"], tuple(map(_expected, reply["ForecastResultsByTime"]))


def _period(first: date, last: date) -> dict[str, str]:
    """AWS's end is the day after."""
    return {"Start": first.isoformat(), "End": (last + _DAY).isoformat()}


def _group(by: str) -> dict[str, str]:
    if by.startswith(_TAG):
        return {"Type": "TAG", "Key": by.removeprefix(_TAG)}
    return {"Type": "DIMENSION", "Key": _DIMENSIONS[by]}


def _filter(of: str, left_out: Collection[str]) -> dict[str, Any]:
    """An expression may have one root only."""
    parts: list[dict[str, Any]] = [{"Dimensions": {"Key": "SERVICE", "Values": [of]}}] if of else []
    if left_out:
        kinds = [kind for name, kind in _RECORD_TYPES.items() if name in left_out]
        parts.append({"Not": {"Dimensions": {"Key": "RECORD_TYPE", "Values": kinds}}})
    if not parts:
        return {}
    return {"Filter": parts[0] if len(parts) == 1 else {"And": parts}}


def _page(reply: Mapping[str, Any], metric: str, *, is_tag: bool) -> Page:
    results = reply.get("ResultsByTime", [])
    units: set[str] = set()
    amounts = tuple(_amounts(results, metric, units, is_tag=is_tag))
    named = reply.get("DimensionValueAttributes", [])
    return Page(
        amounts=amounts,
        final={_day(one): not one["Estimated"] for one in results},
        currency=_only(units or {one["Total"][metric]["Unit"] for one in results if one.get("Total")}),
        names={one["Value"]: one["Attributes"].get("description", "") for one in named},
        token=reply.get("NextPageToken", ""),
    )


def _amounts(
    results: Iterable[Mapping[str, Any]], metric: str, units: set[str], *, is_tag: bool
) -> Iterator[Amount]:
    """Every group as an amount; the same few texts stand in tens of thousands, and are kept once."""
    known: dict[str, str] = {}
    for result in results:
        day = _day(result)
        for group in result["Groups"]:
            key, account = group["Keys"]
            cost = group["Metrics"][metric]
            units.add(cost["Unit"])
            if is_tag:
                key = key.partition("$")[2]  # AWS writes "team$web", and "team$" where there is none
            yield Amount(
                day, known.setdefault(key, key), known.setdefault(account, account), Decimal(cost["Amount"])
            )


def _only(units: Collection[str]) -> str:
    """The one currency of an answer; two can not be added, and none of AWS's answers has had two."""
    if len(units) > 1:
        words = f"amounts in {' and '.join(sorted(units))} in one answer"
        raise AwsError("reading the bill", Said(words, code="MixedCurrencies", service="cost-explorer"))
    return next(iter(units), "")


def _expected(raw: Mapping[str, Any]) -> Expected:
    return Expected(
        day=_day(raw),
        mean=Decimal(raw["MeanValue"]),
        low=Decimal(raw["PredictionIntervalLowerBound"]),
        high=Decimal(raw["PredictionIntervalUpperBound"]),
    )


def _day(result: Mapping[str, Any]) -> date:
    return date.fromisoformat(result["TimePeriod"]["Start"])
