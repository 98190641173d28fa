"""Cost Explorer over a bill that we make up; moto's has neither a bill nor a forecast.

As "GetCostAndUsage" and "GetCostForecast" of the AWS Billing and Cost Management API reference have it: an
account sees its own cost and that of those it pays for; a total is only there where nothing is grouped, or
where a period has no group; a page may end in the midst of a period.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from moto.ce.responses import CostExplorerResponse
from moto.core.exceptions import JsonRESTError

from playground.aws.bill import Line
from playground.aws.bill_forecast import Expected, TooLittleKnown, expected, history, together
from playground.aws.bill_pages import page
from playground.aws.bill_periods import Period, check_ahead, check_past, period_of
from playground.aws.bill_query import METRICS, QueryRefused, grouped, key_of, sums, wanted, written
from playground.aws.spending import Spending
from playground.aws.times import Times

_NOT_ENOUGH = "Insufficient amount of historical data to make the forecast."
_FORECASTS = {
    "AMORTIZED_COST": "AmortizedCost",
    "BLENDED_COST": "BlendedCost",
    "NET_AMORTIZED_COST": "NetAmortizedCost",
    "NET_UNBLENDED_COST": "NetUnblendedCost",
    "UNBLENDED_COST": "UnblendedCost",
}


class LocalCostExplorer(CostExplorerResponse):
    """What the accounts have cost, and what they will."""

    spending: Spending

    def get_cost_and_usage(self) -> str:
        """What a period has cost, by day or month, in groups or altogether."""
        asked = json.loads(self.body)
        try:
            period = period_of(asked["TimePeriod"])
            check_past(period, self.spending.now().date())
            every = [self._result(each, asked) for each in period.cut(asked["Granularity"])]
        except QueryRefused as problem:
            raise JsonRESTError("ValidationException", str(problem)) from None
        results, token = page(every, asked, self.spending.page)
        names = self._names(results, asked.get("GroupBy", ()))
        answer = {"ResultsByTime": results, "DimensionValueAttributes": names}
        more = {"NextPageToken": token} if token else {}
        groups = {"GroupDefinitions": asked["GroupBy"]} if asked.get("GroupBy") else {}
        return json.dumps(answer | groups | more)

    def get_cost_forecast(self) -> str:
        """What the days or months ahead are expected to cost, with bounds where they are asked for."""
        asked, today = json.loads(self.body), self.spending.now().date()
        try:
            period = period_of(asked["TimePeriod"])
            check_ahead(period, asked["Granularity"], today)
            totals = self._totals(history(today), asked)
            parts = [
                (each, together([expected(totals, day, today) for day in each.days()]))
                for each in period.cut(asked["Granularity"])
            ]
        except QueryRefused as problem:
            raise JsonRESTError("ValidationException", str(problem)) from None
        except TooLittleKnown:
            raise JsonRESTError("DataUnavailableException", _NOT_ENOUGH) from None
        level = asked.get("PredictionIntervalLevel")
        total = sum((one.mean for _, one in parts), Decimal(0))
        return json.dumps(
            {
                "Total": {"Amount": written(total), "Unit": self.spending.currency},
                "ForecastResultsByTime": [_ahead(each, one, level) for each, one in parts],
            }
        )

    def _lines(self, days: Iterable[date], wants: Callable[[Line], bool]) -> list[Line]:
        account = self.current_account
        return [line for day in days for line in self.spending.lines(day, account) if wants(line)]

    def _result(self, period: Period, asked: dict[str, Any]) -> dict[str, Any]:
        groups, metrics, currency = asked.get("GroupBy", []), asked["Metrics"], self.spending.currency
        key = key_of(groups)
        lines = self._lines(period.days(), wanted(asked.get("Filter")))
        found = grouped(lines, key) if groups else {}
        return {
            "TimePeriod": period.written(),
            "Total": {} if found else sums(lines, metrics, currency),
            "Groups": [
                {"Keys": list(keys), "Metrics": sums(each, metrics, currency)} for keys, each in found.items()
            ],
            "Estimated": not all(map(self.spending.is_final, period.days())),
        }

    def _names(self, results: Iterable[Mapping[str, Any]], groups: Any) -> list[dict[str, Any]]:
        """The names of the accounts, where they are what is grouped by."""
        for at, one in enumerate(groups):
            if one == {"Type": "DIMENSION", "Key": "LINKED_ACCOUNT"}:
                ids = {group["Keys"][at] for result in results for group in result["Groups"]}
                names = self.spending.names
                return [
                    {"Value": each, "Attributes": {"description": names.get(each, each)}}
                    for each in sorted(ids)
                ]
        return []

    def _totals(self, days: list[date], asked: dict[str, Any]) -> dict[date, Decimal]:
        amount, wants = METRICS[_FORECASTS[asked["Metric"]]], wanted(asked.get("Filter"))
        return {day: sum(map(amount, self._lines([day], wants)), Decimal(0)) for day in days}


def _ahead(period: Period, one: Expected, level: int | None) -> dict[str, Any]:
    result: dict[str, Any] = {"TimePeriod": period.written(), "MeanValue": written(one.mean)}
    if level is not None:
        low, high = one.bounds(level)
        result["PredictionIntervalLowerBound"] = written(low)
        result["PredictionIntervalUpperBound"] = written(high)
    return result


def dispatcher(times: Times) -> Callable[..., Any]:
    """Return the view for Cost Explorer's one URL, bound to the bill."""

    class BoundCostExplorer(LocalCostExplorer):
        pass

    BoundCostExplorer.spending = times.spending
    view: Callable[..., Any] = BoundCostExplorer.dispatch
    return view
