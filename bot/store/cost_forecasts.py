"""AWS's own forecasts, as they were given."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.sqlite import insert

from bot.costs import Ahead, Forecast
from bot.store.cost_schema import cost_forecasts


def newest(tx: Connection, on: date) -> Sequence[Forecast]:
    """The newest of each payer that was made on this day or before; one that says nothing is passed over."""
    made = (
        select(cost_forecasts.c.payer, func.max(cost_forecasts.c.made).label("made"))
        .where(cost_forecasts.c.made <= on.isoformat(), func.json_array_length(cost_forecasts.c.body) > 1)
        .group_by(cost_forecasts.c.payer)
        .subquery()
    )
    same = (made.c.payer == cost_forecasts.c.payer) & (made.c.made == cost_forecasts.c.made)
    query = select(cost_forecasts).join(made, same).order_by(cost_forecasts.c.payer)
    return [_forecast(row) for row in tx.execute(query)]


def is_known(tx: Connection, payer: str, made: date) -> bool:
    """Whether AWS was asked on this day, also if it could say nothing."""
    this = (cost_forecasts.c.payer == payer) & (cost_forecasts.c.made == made.isoformat())
    return tx.execute(select(cost_forecasts.c.payer).where(this)).first() is not None


def put(tx: Connection, forecast: Forecast) -> None:
    """Store a forecast; the first of a day stays."""
    days = [[one.day.isoformat(), str(one.mean), str(one.low), str(one.high)] for one in forecast.days]
    row = {"payer": forecast.payer, "made": forecast.made.isoformat(), "body": [forecast.currency, *days]}
    tx.execute(insert(cost_forecasts).on_conflict_do_nothing(), row)


def _forecast(row: Any) -> Forecast:
    currency, *days = row.body
    return Forecast(
        payer=row.payer,
        made=date.fromisoformat(row.made),
        currency=currency,
        days=tuple(
            Ahead(date.fromisoformat(day), Decimal(mean), Decimal(low), Decimal(high))
            for day, mean, low, high in days
        ),
    )
