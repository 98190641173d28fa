"""The tables of the third door: events, troubles, storms."""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, text

from bot.store.instant import Moment
from bot.store.schema import metadata

storms = Table(
    "storms",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("channel", String(40), nullable=False),
    Column("cause", String(200), nullable=False),  # "": what belongs to no storm of its own
    Column("began", Moment, nullable=False),
    Column("last", Moment, nullable=False),  # when its newest trouble came
    Index("ix_storms_channel_last", "channel", "last"),
)

troubles = Table(
    "troubles",
    metadata,
    Column("id", Integer, primary_key=True),  # people call it #A12
    Column("rule", String(100), nullable=False),
    Column("subject", String(300), nullable=False),
    Column("account", String(60), nullable=False),
    Column("region", String(30), nullable=False),
    Column("severity", String(10), nullable=False),
    Column("state", String(20), nullable=False),
    Column("channel", String(40), nullable=False),
    Column("cause", String(200), nullable=False),
    Column("body", JSON, nullable=False),  # title, facts, names, offers, metric, context
    Column("began", Moment, nullable=False),
    Column("last", Moment, nullable=False),  # AWS's time of the newest event
    Column("came", Moment, nullable=False),  # when the newest begin came in, by our clock
    Column("ended", Moment),
    Column("times", Integer, nullable=False),
    Column("tells", Boolean, nullable=False),
    Column("acknowledged_by", String(40), nullable=False, server_default=text("''")),
    Column("acknowledged_at", Moment),
    Column("snoozed_until", Moment),
    Column("silenced_by", String(40), nullable=False, server_default=text("''")),
    Column("stage", Integer, nullable=False, server_default="0"),
    Column("next_stage", Moment, index=True),  # when somebody is called next; NULL: nobody is
    Column("look", Moment, index=True),  # when more is to be found out about it; NULL: it was
    Column("storm", Integer, ForeignKey("storms.id"), index=True),
    Column("operation", Integer, ForeignKey("operations.id")),
    Column("begun_by", String(300), nullable=False, server_default=text("''")),  # an event's key
    Index("ix_troubles_begun_by", "begun_by", "rule"),
    Index("ix_troubles_rule_subject_id", "rule", "subject", "id"),
    Index("ix_troubles_subject_id", "subject", "id"),
    Index("ix_troubles_state_id", "state", "id"),
    Index("ix_troubles_channel_came", "channel", "came"),
)

events = Table(
    "events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(300), nullable=False, unique=True),  # the delivery: refused the second time
    Column("queue", String(100), nullable=False),
    Column("source", String(100), nullable=False),
    Column("kind", String(200), nullable=False),
    Column("account", String(60), nullable=False),
    Column("region", String(30), nullable=False),
    Column("at", Moment, nullable=False),  # AWS's time
    Column("came", Moment, nullable=False),  # ours
    Column("envelope", Text, nullable=False),  # JSON, as it came
    Column("outcome", String(20), nullable=False),  # bot.store.events.Outcome
    Column("why", JSON),  # of what was refused or set aside
    Column("trouble", Integer, ForeignKey("troubles.id"), index=True),
    Index("ix_events_came", "came"),
)

silences = Table(
    "silences",
    metadata,
    Column("rule", String(100), primary_key=True),
    Column("subject", String(300), primary_key=True),  # "": all of the rule
    Column("until", Moment, nullable=False),
    Column("person", String(40), nullable=False),
)
