"""The tables of the bill: amounts by day, what asking for them cost, forecasts, budgets."""

from sqlalchemy import JSON, BigInteger, Boolean, Column, Integer, String, Table, UniqueConstraint

from bot.store.instant import Moment
from bot.store.schema import metadata

cost_names = Table(
    "cost_names",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(300), nullable=False, unique=True),  # a cut, a payer, an account, a service …
    Column("label", String(120), nullable=False, default=""),  # what AWS calls an account
)

cost_days = Table(
    "cost_days",
    metadata,
    Column("cut", Integer, primary_key=True),  # these and those of `costs` are ids of `cost_names`
    Column("day", Integer, primary_key=True),  # of UTC, counted from the first of January of the year 1
    Column("payer", Integer, primary_key=True),
    Column("asked", Moment, nullable=False),
    Column("final", Boolean, nullable=False),  # AWS says that it is no estimate
    Column("currency", String(3), nullable=False),
    Column("first", BigInteger, nullable=False),  # the total when it was given first, as `costs.amount`
    Column("total", BigInteger, nullable=False),
)

costs = Table(
    "costs",
    metadata,
    Column("cut", Integer, primary_key=True),
    Column("day", Integer, primary_key=True),
    Column("payer", Integer, primary_key=True),
    Column("account", Integer, primary_key=True),
    Column("key", Integer, primary_key=True),
    Column("amount", BigInteger, nullable=False),  # in ten-thousand-millionths, as exactly as AWS says it
    sqlite_with_rowid=False,
)

cost_requests = Table(
    "cost_requests",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("payer", String(60), nullable=False),
    Column("day", String(10), nullable=False),  # the team's local date, whose allowance it uses
    Column("purpose", String(10), nullable=False),  # bot.costs.Purpose
    Column("number", Integer, nullable=False),
    Column("what", String(400), nullable=False),
    Column("at", Moment, nullable=False, index=True),
    Column("outcome", String(10), nullable=False),  # "": it is under way, or toban died over it
    UniqueConstraint("payer", "day", "purpose", "number"),
)

cost_forecasts = Table(
    "cost_forecasts",
    metadata,
    Column("payer", String(60), primary_key=True),
    Column("made", String(10), primary_key=True),  # the day of UTC
    Column("body", JSON, nullable=False),
)

budgets = Table(
    "budgets",
    metadata,
    Column("account", String(60), primary_key=True),  # its name in the config; "": all of it
    Column("amount", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("person", String(40), nullable=False),
    Column("at", Moment, nullable=False),
)
