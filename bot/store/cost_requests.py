"""Paid requests of Cost Explorer: each takes its place in the day's allowance before it is made."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Connection, func, insert, select, update

from bot.costs import Purpose, Request
from bot.store.cost_schema import cost_requests

ANSWERED, FAILED = "answered", "failed"


def since(tx: Connection, moment: datetime) -> Sequence[Request]:
    """The requests since then, newest first."""
    query = select(cost_requests).where(cost_requests.c.at >= moment).order_by(cost_requests.c.id.desc())
    return [
        Request(row.payer, row.at, Purpose(row.purpose), row.what, row.outcome) for row in tx.execute(query)
    ]


def reserve(
    tx: Connection, payer: str, day: date, purpose: Purpose, what: str, at: datetime, most: int
) -> int | None:
    """Take a place among the day's requests; None when all are taken.

    What AWS refused was not paid and takes none; what toban died over may have been, and does.
    """
    of_day = (
        (cost_requests.c.payer == payer)
        & (cost_requests.c.day == day.isoformat())
        & (cost_requests.c.purpose == purpose)
    )
    paid = select(func.count()).where(of_day, cost_requests.c.outcome != FAILED)
    if tx.execute(paid).scalar_one() >= most:
        return None
    number = tx.execute(select(func.coalesce(func.max(cost_requests.c.number), 0)).where(of_day)).scalar_one()
    row = {"payer": payer, "day": day.isoformat(), "purpose": purpose, "number": number + 1}
    row |= {"what": what[:400], "at": at, "outcome": ""}
    made: int = tx.execute(insert(cost_requests).returning(cost_requests.c.id), row).scalar_one()
    return made


def ended(tx: Connection, request: int, outcome: str) -> None:
    """How it ended."""
    tx.execute(update(cost_requests).where(cost_requests.c.id == request).values(outcome=outcome))
