"""Asking Cost Explorer, each answer paid for, and keeping what it says.

A paid request takes its place among the day's before it is made (`bot/store/cost_requests.py`), so that no
restart makes a third of two.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from aws import cost_explorer
from aws.account import Accounts
from aws.errors import AwsError, Refused
from bot.cost_days import due, is_settled
from bot.cost_pages import Part, Whole, split
from bot.costs import Ahead, BillRules, Cut, Days, Forecast, Purpose
from bot.store import cost_forecasts, cost_requests, costs
from bot.store.cost_requests import ANSWERED, FAILED
from bot.store.costs import Row
from bot.store.database import Database

T = TypeVar("T")
AT_ONCE = 500  # amounts in one write, or a day when it has more
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
        """Page by page; a day is stored when nothing more of it can come.

        AWS gives the oldest days first.  Where there are many pages, the allowance may end before the newest,
        which somebody waits for: as many of them as a page holds are asked for next, and the others follow.
        """
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
        what = f"{costs.cut_name(cut)} {days.first}..{days.last}"
        token, part, last = "", Part(days.first), days.last
        while part.day <= last:
            asked = self.now()
            page = self._paid(payer, purpose, what, partial(ask, token=token))
            wholes, part = split(page, part)
            if page.names:
                self.db.write(partial(costs.name_accounts, names=page.names))
            self._keep(payer, cut, wholes, asked)
            if not page.token:
                return
            newest = Days(days.last - timedelta(days=len(wholes) - 1), days.last)
            if not token and wholes and part.day < newest.first:
                self._stretch(payer, cut, newest, purpose)
                last = newest.first - timedelta(days=1)
            token = page.token

    def _keep(self, payer: str, cut: Cut, wholes: Sequence[Whole], asked: datetime) -> None:
        """Store days, so many at once that nobody else waits long for the database."""
        there: list[Whole] = []
        for one in wholes:
            there.append(one)
            if sum(len(each.amounts) for each in there) >= AT_ONCE:
                self._put(payer, cut, there, asked)
                there = []
        if there:
            self._put(payer, cut, there, asked)

    def _put(self, payer: str, cut: Cut, wholes: Sequence[Whole], asked: datetime) -> None:
        def put(tx: Connection) -> None:
            for one in wholes:
                costs.put_day(
                    tx,
                    cut,
                    payer,
                    one.day,
                    [Row(each.account, each.key, each.amount) for each in one.amounts],
                    asked=asked,
                    final=one.final,
                    currency=one.currency,
                )

        self.db.write(put)

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
