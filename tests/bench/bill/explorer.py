"""Cost Explorer of a large organization, as a process of its own: every answer is one page, written once."""

import json
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import cache
from typing import Any

from playground.aws.answer import Answer
from playground.aws.call import Request
from playground.aws.wire import Wire
from tests.bench.child import child

ACCOUNTS, SERVICES = 50, 40
IDS = tuple(f"{300000000000 + number}" for number in range(ACCOUNTS))
NAMES = tuple(f"Amazon Elastic Something {number} - Compute" for number in range(SERVICES))
FIRST, LAST = date(2026, 9, 1), date(2026, 10, 30)  # sixty days
_DAY = timedelta(days=1)


@contextmanager
def explorer() -> Iterator[str]:
    """Serve it; yields its address.  What a process was at its most, those that it starts begin with."""
    with child("tests.bench.bill.explorer") as process:
        yield process.says()["url"]


def main() -> None:
    """Say where it listens, and serve until it is ended."""
    page(FIRST, LAST + _DAY)  # nobody who is measured waits for it to be written
    wire = Wire(_answer)
    wire.start()
    sys.stdout.write(json.dumps({"url": wire.url}) + "\n")
    sys.stdout.flush()
    threading.Event().wait()


@cache
def page(start: date, end: date) -> bytes:
    """Every service of every account, on each day from one to before another."""
    days = [start + number * _DAY for number in range((end - start).days)]
    names = [{"Value": one, "Attributes": {"description": f"account-{one}"}} for one in IDS]
    answer = {"ResultsByTime": [_result(day) for day in days], "DimensionValueAttributes": names}
    return json.dumps(answer, separators=(",", ":")).encode()


def _result(day: date) -> dict[str, Any]:
    groups = [
        {"Keys": [name, account], "Metrics": {"UnblendedCost": {"Amount": amount, "Unit": "USD"}}}
        for at, name in enumerate(NAMES)
        for number, account in enumerate(IDS)
        for amount in (_amount(day, at, number),)
    ]
    period = {"Start": f"{day}", "End": f"{day + _DAY}"}
    return {"TimePeriod": period, "Total": {}, "Groups": groups, "Estimated": False}


def _amount(day: date, service: int, account: int) -> str:
    """Ten decimals, all different, less on a weekend; a number that is no multiple keeps them uneven."""
    uneven = (day.toordinal() * 7919 + service * 104_729 + account * 1_299_709) % 10**10
    return f"{(60 - 20 * (day.weekday() >= 5)) // (1 + service)}.{uneven:010}"


def _answer(request: Request) -> Answer:
    asked = json.loads(request.body)["TimePeriod"]
    start, end = (date.fromisoformat(asked[edge]) for edge in ("Start", "End"))
    wanted = request.headers.get("x-amz-target", "").rpartition(".")[2]
    body = _forecast(start, end) if wanted == "GetCostForecast" else page(start, end)
    return Answer(200, {"content-type": "application/x-amz-json-1.1"}, body)


def _forecast(start: date, end: date) -> bytes:
    days = [start + number * _DAY for number in range((end - start).days)]
    expected = [
        {
            "TimePeriod": {"Start": f"{day}", "End": f"{day + _DAY}"},
            "MeanValue": "13000",
            "PredictionIntervalLowerBound": "12000",
            "PredictionIntervalUpperBound": "14000",
        }
        for day in days
    ]
    total = {"Amount": f"{13000 * len(days)}", "Unit": "USD"}
    return json.dumps({"Total": total, "ForecastResultsByTime": expected}).encode()


if __name__ == "__main__":
    main()
