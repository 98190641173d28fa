"""The tables of failure tests: drills, what their probes were answered, what happened, who opened a gate."""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Integer, String, Table, text

from bot.store.instant import Moment
from bot.store.schema import metadata

drills = Table(
    "drills",
    metadata,
    Column("operation", Integer, ForeignKey("operations.id"), primary_key=True),
    Column("account", String(60), nullable=False),
    Column("spec", JSON, nullable=False),  # as its plan says
    Column("person", String(40), nullable=False),  # who asked for it
    Column("begun", Moment, nullable=False),
    Column("broken", Moment),  # when the first call of the fault was sent
    Column("going_back", Moment),  # when the first call of the way back was sent
    Column("restored", Moment),  # when AWS showed that all is put back
    Column("ended", Moment),
    Column("stopped", JSON),  # why it was ended before its time
    Column("verdict", JSON),  # in a line, once it is over
    # one at a time in an account; PostgreSQL's condition stands in the migration, as with the steps'
    Index("ix_drills_open", "account", unique=True, sqlite_where=text("ended is null")),
)

drill_samples = Table(
    "drill_samples",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("operation", Integer, ForeignKey("drills.operation"), nullable=False),
    Column("at", Moment, nullable=False),  # of the first
    Column("until", Moment, nullable=False),  # of the last
    Column("body", JSON, nullable=False),  # bot.store.samples packs and unpacks them
    Index("ix_drill_samples_operation_until", "operation", "until"),
)

drill_marks = Table(
    "drill_marks",
    metadata,
    Column("operation", Integer, ForeignKey("drills.operation"), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("at", Moment, nullable=False),
    Column("source", String(10), nullable=False),
    Column("said", JSON, nullable=False),
    Column("way_back", Boolean, nullable=False, server_default=text("false")),
)

drill_gates = Table(
    "drill_gates",
    metadata,
    Column("operation", Integer, ForeignKey("operations.id"), primary_key=True),
    Column("stage", Integer, primary_key=True),
    Column("opened_by", String(40), nullable=False),
    Column("opened_at", Moment, nullable=False),
)
