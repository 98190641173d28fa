"""What a month may cost, by account."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from bot.costs import Budget
from bot.store.cost_schema import budgets
from bot.store.costs import amount_of, units


def all_of_them(tx: Connection) -> Sequence[Budget]:
    """The budgets there are, by account; that of all of it first."""
    rows = tx.execute(select(budgets).order_by(budgets.c.account))
    return [Budget(row.account, amount_of(row.amount), row.currency) for row in rows]


def put(tx: Connection, budget: Budget, person: str, at: datetime) -> None:
    """Set or replace a budget; one of nothing goes."""
    if not budget.amount:
        tx.execute(delete(budgets).where(budgets.c.account == budget.account))
        return
    row = {"amount": units(budget.amount), "currency": budget.currency, "person": person, "at": at}
    made = insert(budgets).values(account=budget.account, **row)
    tx.execute(made.on_conflict_do_update(index_elements=[budgets.c.account], set_=row))
