"""Bills written by hand, and a Cost Explorer that answers from them, held against AWS's model of it.

What is asked is answered as "GetCostAndUsage" (AWS Billing and Cost Management API reference) says: grouped
by two things, days in order, an end that is not included.  It proves how toban reads and tells such replies.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from botocore.client import BaseClient

from aws.account import AccountConfig, Accounts, Place
from bot.bell import Bell
from bot.command import World
from bot.cost_asker import CostAsker
from bot.cost_book import CostBook
from bot.costs import BillRules
from bot.engine import Engine
from bot.grammar.grammar import Parsed
from bot.plan import Plan
from bot.store.database import Database
from tests.canned import Refusal, answered
from tests.house import OPERATOR, House, Time, house

TOKYO = ZoneInfo("Asia/Tokyo")
DEV, PROD, OTHER = "123456789012", "111111111111", "222222222222"
NUMBERS = {"dev": DEV, "prod": PROD, "other": OTHER}
EC2, S3, RDS, TAX = (
    "Amazon Elastic Compute Cloud - Compute",
    "Amazon Simple Storage Service",
    "Amazon Relational Database Service",
    "Tax",
)
DIMENSIONS = {"SERVICE": "service", "USAGE_TYPE": "usage", "REGION": "region", "RECORD_TYPE": "record"}


@dataclass(frozen=True)
class Line:
    """One line of a bill."""

    day: date
    service: str
    amount: str
    account: str = DEV
    usage: str = "APN1-Usage"
    region: str = "ap-northeast-1"
    record: str = "Usage"
    tag: str = ""


@dataclass
class Bill:
    """What one payer owes, and how AWS answers for it."""

    lines: Sequence[Line]
    currency: str = "USD"
    final: date = date.min  # up to here nothing is an estimate
    refusal: Refusal | None = None
    on_ask: Callable[[], Refusal | None] = lambda: None  # what happens at each request
    forecast: Mapping[date, tuple[str, str, str]] | None = None  # mean, low, high
    page: int = 10**6  # groups in one answer
    number: str = ""  # of the payer's account; by its name in NUMBERS otherwise
    names: Mapping[str, str] = field(default_factory=dict)  # what AWS calls accounts
    asked: list[dict[str, Any]] = field(default_factory=list)

    def usage(self, body: Any) -> Mapping[str, Any] | Refusal:
        """GetCostAndUsage."""
        request = json.loads(body)
        self.asked.append(request)
        if refusal := self.on_ask() or self.refusal:
            return refusal
        first, end = (date.fromisoformat(request["TimePeriod"][name]) for name in ("Start", "End"))
        by = request["GroupBy"][0]
        groups = [
            (day, keys, amount)
            for day in (first + timedelta(days=n) for n in range((end - first).days))
            for keys, amount in self._groups(day, by, request.get("Filter"))
        ]
        begin = int(request.get("NextPageToken", "0"))
        shown = groups[begin : begin + self.page]
        more = begin + self.page < len(groups)
        days = [day for day, _, _ in shown] or [first]
        last = days[-1] if more else end - timedelta(days=1)
        start = first if begin == 0 else days[0]
        metric = request["Metrics"][0]
        reply: dict[str, Any] = {
            "ResultsByTime": [
                self._result(day, metric, [one for one in shown if one[0] == day])
                for day in (start + timedelta(days=n) for n in range((last - start).days + 1))
            ],
            "DimensionValueAttributes": [
                {"Value": number, "Attributes": {"description": name}} for number, name in self.names.items()
            ],
        }
        return reply | ({"NextPageToken": str(begin + self.page)} if more else {})

    def ahead(self, body: Any) -> Mapping[str, Any] | Refusal:
        """GetCostForecast."""
        request = json.loads(body)
        self.asked.append(request)
        if refusal := self.on_ask() or self.refusal:
            return refusal
        if self.forecast is None:
            return Refusal("DataUnavailableException", "Insufficient amount of historical data")
        period = request["TimePeriod"]
        days = {day.isoformat(): said for day, said in self.forecast.items()}
        wanted = {day: said for day, said in days.items() if period["Start"] <= day < period["End"]}
        total = str(sum((Decimal(mean) for mean, _, _ in wanted.values()), Decimal(0)))
        return {
            "Total": {"Amount": total, "Unit": self.currency},
            "ForecastResultsByTime": [
                {
                    "TimePeriod": {"Start": day, "End": f"{date.fromisoformat(day) + timedelta(days=1)}"},
                    "MeanValue": mean,
                    "PredictionIntervalLowerBound": low,
                    "PredictionIntervalUpperBound": high,
                }
                for day, (mean, low, high) in sorted(wanted.items())
            ],
        }

    def _groups(self, day: date, by: Mapping[str, str], wanted: Any) -> list[tuple[list[str], Decimal]]:
        found: dict[tuple[str, str], Decimal] = {}
        for line in self.lines:
            if line.day == day and fits(line, wanted):
                tag = by["Type"] == "TAG"
                key = f"{by['Key']}${line.tag}" if tag else getattr(line, DIMENSIONS[by["Key"]])
                spot = key, line.account
                found[spot] = found.get(spot, Decimal(0)) + Decimal(line.amount)
        return [([*keys], amount) for keys, amount in found.items()]

    def _result(self, day: date, metric: str, groups: Any) -> dict[str, Any]:
        return {
            "TimePeriod": {"Start": f"{day}", "End": f"{day + timedelta(days=1)}"},
            "Total": {},
            "Groups": [
                {"Keys": keys, "Metrics": {metric: {"Amount": f"{amount:.10f}", "Unit": self.currency}}}
                for _, keys, amount in groups
            ],
            "Estimated": day > self.final,
        }


def fits(line: Line, wanted: Any) -> bool:
    """Whether a line is within a filter."""
    match wanted:
        case None:
            return True
        case {"And": list(parts)}:
            return all(fits(line, part) for part in parts)
        case {"Not": part}:
            return not fits(line, part)
        case {"Dimensions": {"Key": str(key), "Values": list(values)}}:
            return getattr(line, DIMENSIONS[key]) in values
    raise AssertionError(wanted)


class Billed(Accounts):
    """Accounts, each with its own bill."""

    def __init__(self, bills: Mapping[str, Bill]) -> None:
        configs = [
            AccountConfig(name, bill.number or NUMBERS[name], ("ap-northeast-1",))
            for name, bill in bills.items()
        ]
        Accounts.__init__(self, configs)
        self.bills = bills

    def client(self, service: str, place: Place, *, once: bool = False) -> BaseClient:
        client = Accounts.client(self, service, place, once=once)
        bill = self.bills[place.account]

        def answer(model: Any, params: Any, **_: object) -> Any:
            """Payers are asked side by side: nothing here is shared between them."""
            reply = bill.usage if model.name == "GetCostAndUsage" else bill.ahead
            return answered(model, reply(params["body"]))

        client.meta.events.register("before-call", answer, unique_id="canned")
        return client


@dataclass
class Morning:
    """A house whose bills were written by hand, and a clock."""

    house: House
    book: CostBook
    bills: Mapping[str, Bill]

    def plan(self, line: str, *, asked: datetime | None = None, by_the_clock: bool = True) -> Plan:
        """What a line answers now; `asked` is when it was typed, if earlier."""
        parsed = self.house.path.grammar.parse(line)
        assert isinstance(parsed, Parsed), parsed
        seen = self.house.path.observer()
        world: World = replace(seen, asker=OPERATOR, costs=self.book, asked=asked, by_the_clock=by_the_clock)
        return parsed.verb.plan(parsed.args, world)

    def home(self) -> House:
        """The house with these bills behind its path: to ask, to approve, to work."""
        path = replace(self.house.path, costs=self.book)
        self.house = House(path, Engine(path, Bell()), self.house.time, asks=self.house.asks)
        return self.house

    def requests(self) -> int:
        """How many AWS was asked, by anybody."""
        return sum(len(bill.asked) for bill in self.bills.values())

    def database(self) -> Database:
        return self.house.path.db


@contextmanager
def morning(
    folder: Path, bills: Mapping[str, Bill], at: datetime, rules: BillRules | None = None
) -> Iterator[Morning]:
    """The morning of a day: by the team's clock in Tokyo, unless `at` has another zone."""
    aws, time = Billed(bills), Time(at.astimezone(UTC))
    configs = [aws.config(name) for name in bills]
    with house(folder, configs, time=time) as there, ThreadPoolExecutor(4) as pool:
        known = replace(
            rules or BillRules(), payers=(rules.payers if rules and rules.payers else tuple(bills))
        )
        book = CostBook(CostAsker(there.path.db, aws, known, TOKYO, time), pool)
        yield Morning(there, book, bills)
    aws.close()


def every_day(first: date, last: date, service: str, amount: str, **more: str) -> list[Line]:
    """The same line on each of these days."""
    return [Line(first + timedelta(days=n), service, amount, **more) for n in range((last - first).days + 1)]
