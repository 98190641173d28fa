"""Orders for the bill: what is spent, who pays for whom, in which currency, and when it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from playground.aws.bill import USAGE, Line
from playground.aws.command_orders import CommandOrders
from playground.aws.fleet import TOKYO
from playground.aws.spending import Spending


@dataclass(slots=True)
class BillOrders(CommandOrders):
    """What may be ordered of Cost Explorer.  Days are written 2026-11-30, amounts as texts."""

    @property
    def spending(self) -> Spending:
        """The bill as far as it is known."""
        return self.times.spending

    def spend(
        self,
        day: str,
        service: str,
        account: str,
        amount: str,
        usage: str = "NoUsageType",
        *,
        region: str = TOKYO,
        team: str = "",
        kind: str = USAGE,
        amortized: str = "",
    ) -> None:
        """Let something have cost so much on a day, known at once and to the last cent.

        `kind` is Cost Explorer's RECORD_TYPE; `amortized` is the same amount unless it is said.
        Raises ValueError.
        """
        cost = _money(amount)
        spread = _money(amortized) if amortized else cost
        line = Line(date.fromisoformat(day), account, service, region, usage, cost, spread, kind, team)
        with self.lock:
            self.spending.add(line)

    def bill_only_spent(self) -> None:
        """Let the bill hold nothing but what was ordered with `spend`."""
        self.spending.is_believable = False

    def bill_pages(self, groups: int | None) -> None:
        """Let a page of the bill hold so many groups (None: any number)."""
        if groups is not None and groups < 1:
            raise ValueError("a page holds one group at least")
        self.spending.page = groups

    def bill_in(self, currency: str) -> None:
        """Let every amount be in this currency, without any exchange."""
        self.spending.currency = currency

    def bill_now(self, moment: str) -> None:
        """Let it be this moment for Cost Explorer, such as 2026-11-30T00:00:00+00:00; it goes on from there.

        Raises ValueError for a moment that does not say its zone.
        """
        read = datetime.fromisoformat(moment)
        if read.tzinfo is None:
            raise ValueError("a moment needs its zone")
        with self.lock:
            self.spending.set_now(read)

    def pays_for(self, payer: str, members: Mapping[str, str]) -> None:
        """Let an account pay for these others, by id and name, and for no one else."""
        with self.lock:
            self.spending.pay(payer, members)


def _money(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise ValueError(f"{text} is no amount") from None
