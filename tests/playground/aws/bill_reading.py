"""Reading the local AWS's bill, and holding each answer against AWS's own model of it."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tests.canned import hold_against_model

DEVELOPMENT = "222222222222"
TODAY = date(2026, 11, 30)  # a Monday
DAY = timedelta(days=1)
SERVICE, ACCOUNT, REGION, USAGE, KIND = (
    {"Type": "DIMENSION", "Key": key}
    for key in ("SERVICE", "LINKED_ACCOUNT", "REGION", "USAGE_TYPE", "RECORD_TYPE")
)
TEAM = {"Type": "TAG", "Key": "team"}


def read(ce: Any, first: date, last: date, *groups: Any, **more: Any) -> Any:
    """One answer, held against AWS's model of it."""
    asked = {"Granularity": "DAILY", "Metrics": ["UnblendedCost"], **more}
    asked["TimePeriod"] = {"Start": str(first), "End": str(last + DAY)}
    if groups:
        asked["GroupBy"] = list(groups)
    return _held(ce, "GetCostAndUsage", ce.get_cost_and_usage(**asked))


def amounts(answer: Any, metric: str = "UnblendedCost") -> dict[tuple[str, ...], Decimal]:
    """What each group comes to, by its day and keys."""
    return {
        (result["TimePeriod"]["Start"], *group["Keys"]): Decimal(group["Metrics"][metric]["Amount"])
        for result in answer["ResultsByTime"]
        for group in result["Groups"]
    }


def totals(answer: Any, metric: str = "UnblendedCost") -> dict[date, Decimal]:
    """What each period comes to."""
    found: dict[date, Decimal] = defaultdict(Decimal)
    for result in answer["ResultsByTime"]:
        costs = [group["Metrics"] for group in result["Groups"]] or [result["Total"]]
        for cost in costs:
            found[date.fromisoformat(result["TimePeriod"]["Start"])] += Decimal(cost[metric]["Amount"])
    return dict(found)


def forecast(ce: Any, first: date, last: date, **more: Any) -> Any:
    """One answer, held against AWS's model of it."""
    asked = {"Granularity": "DAILY", "Metric": "UNBLENDED_COST", **more}
    reply = ce.get_cost_forecast(TimePeriod={"Start": str(first), "End": str(last + DAY)}, **asked)
    return _held(ce, "GetCostForecast", reply)


def _held(ce: Any, call: str, reply: Any) -> Any:
    answer = {name: value for name, value in reply.items() if name != "ResponseMetadata"}
    hold_against_model(ce.meta.service_model.operation_model(call), answer)
    return answer
