"""The bill, read through: what is known comes from the database, the rest is asked for once and kept."""

import threading
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal

from aws.account import Accounts
from aws.errors import AwsError
from bot.cost_asker import CostAsker, UsedUp
from bot.cost_days import MOST, is_settled
from bot.costs import (
    BY_SERVICE,
    BillRules,
    Budget,
    By,
    Costs,
    Cut,
    Days,
    DayState,
    Forecast,
    Gap,
    Purpose,
    Request,
    Sum,
)
from bot.refusals import said
from bot.store import budgets, cost_forecasts, cost_requests, costs
from bot.words import Words, plural


@dataclass(frozen=True, slots=True)
class CostBook:
    """The `Costs` of `bot.costs` over Cost Explorer and the database.  Safe to share between threads."""

    asker: CostAsker
    calls: Executor  # payers are asked side by side
    asks: bool = True
    locks: dict[str, threading.Lock] = field(default_factory=dict)
    """One of a payer asks at a time: the second finds what the first was told."""

    @property
    def rules(self) -> BillRules:
        """What the config says."""
        return self.asker.rules

    # -- what is known -------------------------------------------------------------------------------

    def payers(self) -> tuple[str, ...]:
        """The accounts that are asked, by name; without those that another one pays for."""
        paid_for = self._paid_for()
        return tuple(payer for payer in self.rules.payers if payer not in paid_for)

    def sums(
        self,
        cut: Cut,
        days: Days,
        by: Collection[By] = (),
        *,
        account: str = "",
        key: str = "",
        without: Collection[str] = (),
    ) -> Sequence[Sum]:
        """What is known of these days, added up but for what it is kept apart by."""
        names = self._names()
        number = next((number for number, name in names.items() if name == account), account)
        rows, currencies = self.asker.db.read(
            lambda tx: (
                costs.added(tx, cut, days, by, account=number, key=key),
                costs.currencies(tx),
            )
        )
        counted = set(self.payers()) - set(without)
        total: dict[tuple[str, date | None, str, str], Decimal] = {}
        for row in rows:
            if row.payer in counted:
                owes = names.get(row.account, row.account)
                spot = currencies.get(row.payer, ""), row.day, row.key, owes
                known = total.get(spot)
                total[spot] = row.amount if known is None else known + row.amount
        return [Sum(amount, currency, day, key, owes) for (currency, day, key, owes), amount in total.items()]

    def states(self, cut: Cut, days: Days) -> Sequence[DayState]:
        """How far each of these days is known, by day and payer."""
        counted = self.payers()
        known = self.asker.db.read(lambda tx: costs.states(tx, cut, days, is_settled))
        return [state for state in known if state.payer in counted]

    def forecasts(self, on: date) -> Sequence[Forecast]:
        """The newest forecast of each payer that was made on this day or before."""
        counted = self.payers()
        known = self.asker.db.read(lambda tx: cost_forecasts.newest(tx, on))
        return [one for one in known if one.payer in counted]

    def requests(self, since: datetime) -> Sequence[Request]:
        """The paid requests since then, newest first."""
        return self.asker.db.read(lambda tx: cost_requests.since(tx, since))

    def budgets(self) -> Sequence[Budget]:
        """The budgets there are, the whole one first."""
        return self.asker.db.read(budgets.all_of_them)

    def set_budget(self, budget: Budget, person: str) -> None:
        """Set or replace the budget of an account; an amount of zero takes it away."""
        self.asker.db.write(lambda tx: budgets.put(tx, budget, person, self.asker.now()))

    def held(self) -> Costs:
        """The same, without asking AWS for anything."""
        return replace(self, asks=False)

    # -- what is asked -------------------------------------------------------------------------------

    def read(self, cut: Cut, days: Days, purpose: Purpose) -> tuple[Gap, ...]:
        """Ask AWS for the days that are not known, or may have changed since they were asked for."""
        return self._of_each(lambda payer: self.asker.days(payer, cut, days, purpose))

    def read_forecast(self, until: date, purpose: Purpose) -> tuple[Gap, ...]:
        """Ask AWS for its forecast, from today until then, if it was not asked today."""
        return self._of_each(lambda payer: self.asker.forecast(payer, until, purpose))

    def _of_each(self, do: Callable[[str], None]) -> tuple[Gap, ...]:
        if not self.asks:
            return ()
        tried = self.calls.map(lambda payer: self._try(do, payer), self.payers())
        return tuple(gap for gap in tried if gap)

    def _try(self, do: Callable[[str], None], payer: str) -> Gap | None:
        try:
            with self.locks.setdefault(payer, threading.Lock()):
                do(payer)
        except AwsError as error:
            return Gap(payer, said(error, payer))
        except UsedUp as used:
            return Gap(payer, _used_up(used.most))
        return None

    # -- who is who ----------------------------------------------------------------------------------

    def _numbers(self) -> Mapping[str, str]:
        """AWS's number of each account of the config."""
        aws: Accounts = self.asker.aws
        return {place.account: aws.config(place.account).id for place in aws.places()}

    def _names(self) -> Mapping[str, str]:
        """What each account is called, by its number: as in the config, else as AWS calls it.

        Two that AWS calls alike, or as the config calls another, have their number behind the name.
        """
        ours = {number: name for name, number in self._numbers().items()}
        labels = {
            number: label for number, label in self.asker.db.read(costs.labels).items() if number not in ours
        }
        often = Counter((*labels.values(), *ours.values()))
        apart = {
            number: f"{label} ({number})" if often[label] > 1 else label for number, label in labels.items()
        }
        return apart | ours

    def _paid_for(self) -> frozenset[str]:
        """Payers that stand on another payer's bill: what they cost is counted there."""
        payers = self.rules.payers
        if len(payers) < 2:
            return frozenset()
        numbers = self._numbers()
        ids = {numbers[payer]: payer for payer in payers if payer in numbers}
        seen = self.asker.db.read(lambda tx: costs.stand_on(tx, BY_SERVICE, payers, ids, MOST))
        return frozenset(ids[account] for payer, account in seen if ids[account] != payer)


def _used_up(most: int) -> Words:
    return plural(
        "today's {n} paid request of Cost Explorer is made; the rest is asked for tomorrow",
        "today's {n} paid requests of Cost Explorer are made; the rest is asked for tomorrow",
        most,
    )
