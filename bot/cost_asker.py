"""Asking Cost Explorer, each answer paid for, and keeping what it says.

A paid request takes its place among the day's before it is made (`bot/store/cost_requests.py`), so that no
restart makes a third of two.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from typing import TypeVar
from zoneinfo import ZoneInfo

from aws import cost_explorer
from aws.account import Accounts
from aws.cost_explorer import Amount, Page
from aws.errors import AwsError, Refused
from bot.cost_days import due, is_settled
from bot.costs import Ahead, BillRules, Cut, Days, Forecast, Purpose
from bot.store import cost_forecasts, cost_requests, costs
from bot.store.cost_requests import ANSWERED, FAILED
from bot.store.costs import Row
from bot.store.database import Database

T = TypeVar("T")
TOO_LITTLE = "DataUnavailableException"  # of a forecast: there is not enough history yet


class UsedUp(Exception):
    """The day's paid requests are all made, and some day is not known at all."""

    def __init__(self, most: int) -> None:
        super().__init__(f"all {most} paid requests of the day are made")
        self.most = most


@dataclass(frozen=True, slots=True)
class CostAsker:
    """Asks for one payer at a time.  Every method may raise AwsError or UsedUp."""

    db: Database
    aws: Accounts
    rules: BillRules
    zone: ZoneInfo  # the team's: an allowance is of its day
    now: Callable[[], datetime]

    def days(self, payer: str, cut: Cut, days: Days, purpose: Purpose) -> None:
        """Ask for the days that are not known, or may have changed; the newest first."""
        known = self.db.read(lambda tx: costs.states(tx, cut, days, is_settled))
        ours = [state for state in known if state.payer == payer]
        new = set(days) - {state.day for state in ours}
        for stretch in due(days, ours, self.now()):
            try:
                self._stretch(payer, cut, stretch, purpose)
            except UsedUp:
                if new & set(stretch):
                    raise

    def forecast(self, payer: str, until: date, purpose: Purpose) -> None:
        """Ask for AWS's forecast from today until then, once a day of UTC."""
        today = self.now().astimezone(UTC).date()
        if until < today or self.db.read(lambda tx: cost_forecasts.is_known(tx, payer, today)):
            return
        ce = cost_explorer.client(self.aws, payer)
        ask = partial(
            cost_explorer.forecast,
            ce,
            first=today,
            last=until,
            metric=self.rules.metric,
            left_out=self.rules.left_out,
        )
        try:
            currency, expected = self._paid(payer, purpose, f"forecast {today}..{until}", ask)
        except Refused as no:
            if no.said.code != TOO_LITTLE:
                raise
            currency, expected = "", ()
        ahead = tuple(Ahead(one.day, one.mean, one.low, one.high) for one in expected)
        self.db.write(lambda tx: cost_forecasts.put(tx, Forecast(payer, today, currency, ahead)))

    def _stretch(self, payer: str, cut: Cut, days: Days, purpose: Purpose) -> None:
        """Page by page; a day is stored when nothing more of it can come."""
        ask = partial(
            cost_explorer.cost_and_usage,
            cost_explorer.client(self.aws, payer),
            first=days.first,
            last=days.last,
            by=cut.by,
            of=cut.of,
            metric=self.rules.metric,
            left_out=self.rules.left_out,
        )
        what, token, over = f"{costs.cut_name(cut)} {days.first}..{days.last}", "", list[Amount]()
        while True:
            asked = self.now()
            page = self._paid(payer, purpose, what, partial(ask, token=token))
            over = self._keep(payer, cut, page, over, asked)
            token = page.token
            if not token:
                return

    def _keep(
        self, payer: str, cut: Cut, page: Page, before: Sequence[Amount], asked: datetime
    ) -> list[Amount]:
        """Store the days that are whole, each by itself; returns what is known of the one that goes on."""
        by_day: dict[date, list[Amount]] = {day: [] for day in page.final}
        for amount in (*before, *page.amounts):
            by_day.setdefault(amount.day, []).append(amount)
        goes_on = by_day.pop(max(by_day)) if page.token and by_day else []
        for day, amounts in sorted(by_day.items()):
            rows = [Row(one.account, one.key, one.amount) for one in amounts]
            put = partial(costs.put_day, cut=cut, payer=payer, day=day, rows=rows, asked=asked)
            final = page.final.get(day, False)
            self.db.write(partial(put, final=final, currency=page.currency, names=page.names))
        return goes_on

    def _paid(self, payer: str, purpose: Purpose, what: str, call: Callable[[], T]) -> T:
        """Make a paid request; it is in the database before it is made."""
        most = self.rules.posts if purpose is Purpose.POST else self.rules.questions
        now = self.now()
        day = now.astimezone(self.zone).date()
        number = self.db.write(lambda tx: cost_requests.reserve(tx, payer, day, purpose, what, now, most))
        if number is None:
            raise UsedUp(most)
        try:
            answer = call()
        except AwsError as error:
            outcome = ANSWERED if error.maybe_done else FAILED
            self.db.write(lambda tx: cost_requests.ended(tx, number, outcome))
            raise
        self.db.write(lambda tx: cost_requests.ended(tx, number, ANSWERED))
        return answer
