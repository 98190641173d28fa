"""The tables; the bill's, the third door's and the drills' in files of theirs.  Migrations make them."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from bot.store.instant import Instant, Moment

HEAD = "0012"
"""The newest migration: a database that says this needs no Alembic at start."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

asks = Table(
    "asks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(200), nullable=False, unique=True),  # the delivery: refused the second time
    Column("door", String(20), nullable=False),
    Column("person", String(40), nullable=False),
    Column("team", String(40), nullable=False),
    Column("channel", String(40), nullable=False),
    Column("thread", String(40), nullable=False),
    Column("response_url", Text, nullable=False),  # emptied when it has expired
    Column("language", String(8), nullable=False),
    Column("line", Text, nullable=False),
    Column("schedule", String(100), nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_asks_person_id", "person", "id"),
    Index("ix_asks_schedule_id", "schedule", "id"),
)

operations = Table(
    "operations",
    metadata,
    Column("id", Integer, ForeignKey("asks.id"), primary_key=True),  # people call it #17
    Column("state", String(20), nullable=False),
    Column("plan", JSON),  # without its steps: those are rows
    Column("plan_hash", String(64), nullable=False, default=""),
    Column("needs", Integer, nullable=False, default=0),
    Column("reason", JSON),
    Column("created", Moment, nullable=False),
    Column("expires", Moment),
    Column("started", Moment),
    Column("ended", Moment),
    Column("cancelled_by", String(40), nullable=False, default=""),
    Column("emergency", Text, nullable=False, default=""),  # why it could not wait for an approval
    Column("reviewed_by", String(40), nullable=False, default=""),  # who looked at an emergency afterwards
    Column("could_approve", JSON),  # people, found when it was planned
    Column("wake", Moment),  # when a worker should look at it next; NULL: an end, or its waits will say
    Column("lease_owner", String(80), nullable=False, default=""),
    Column("lease_until", Moment),
    Column("fence", Integer, nullable=False, default=0),
    Index("ix_operations_wake", "wake"),
    Index("ix_operations_state", "state"),
    Index("ix_operations_state_id", "state", "id"),
    Index("ix_operations_emergency", "reviewed_by", "id", sqlite_where=text("emergency != ''")),
)

steps = Table(
    "steps",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("operation", Integer, ForeignKey("operations.id"), nullable=False),
    Column("key", String(300), nullable=False),
    Column("action", String(60), nullable=False),
    Column("account", String(60), nullable=False),
    Column("region", String(30), nullable=False),
    Column("resource", String(200), nullable=False),
    Column("body", JSON, nullable=False),
    Column("state", String(20), nullable=False),
    Column("reason", JSON),
    Column("result", String(200), nullable=False, default=""),
    Column("batch", Integer, ForeignKey("batches.id")),
    Column("chunk", Integer, nullable=False, default=0),
    Column("tries", Integer, nullable=False, default=0),  # calls that were certainly not carried out
    Column("together", String(200), nullable=False, server_default=text("''")),  # its group: one call, always
    Column("waits_for", Integer, nullable=False, server_default="0"),  # bot.store.needs reckons it
    Column("not_before", Instant),  # the moment that holds it back; NULL: none, or it has come
    Column("pause", BigInteger),  # microseconds: that moment is so long after what it waits for has ended
    UniqueConstraint("operation", "key"),
    Index("ix_steps_operation_state", "operation", "state"),
    # PostgreSQL's condition stands in the migration: named here it would load that dialect at every start
    Index(
        "ix_steps_ready",
        *("operation", "waits_for", "action", "account", "region", "together"),
        sqlite_where=text("state = 'planned'"),
    ),
    Index(
        "ix_steps_in_flight",
        *("action", "account", "region"),
        sqlite_where=text("state in ('sent', 'awaiting')"),
    ),
    Index(
        "ix_steps_held",
        *("operation", "not_before"),
        sqlite_where=text("state = 'planned' and not_before is not null"),
    ),
)

step_needs = Table(
    "step_needs",
    metadata,
    Column("step", Integer, ForeignKey("steps.id"), primary_key=True),
    Column("needs", Integer, ForeignKey("steps.id"), primary_key=True, index=True),
    Column("kind", String(10), primary_key=True),  # bot.store.needs.Kind
)

tellings = Table(
    "tellings",
    metadata,
    Column("operation", Integer, ForeignKey("operations.id"), primary_key=True),
    Column("summary", JSON, nullable=False),  # how it went, in the words of its verb
    Column("lines", JSON, nullable=False),
    Column("well", Boolean, nullable=False),
    Column("file_name", String(200), nullable=False, default=""),
    Column("file_text", Text, nullable=False, default=""),
)

batches = Table(
    "batches",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("operation", Integer, ForeignKey("operations.id"), nullable=False, index=True),
    Column("action", String(60), nullable=False),
    Column("account", String(60), nullable=False),
    Column("region", String(30), nullable=False),
    Column("token", String(64), nullable=False, unique=True),
    Column("state", String(20), nullable=False),
    Column("request_id", String(100), nullable=False, default=""),
    Column("error", JSON),
    Column("tries", Integer, nullable=False, default=1),  # calls made under this token
    Column("intended", Moment, nullable=False),
    Column("answered", Moment),
)

waits = Table(
    "waits",
    metadata,
    Column("step", Integer, ForeignKey("steps.id"), primary_key=True),
    Column("operation", Integer, ForeignKey("operations.id"), nullable=False, index=True),
    Column("action", String(60), nullable=False),  # action, account, region: one poller looks for all of them
    Column("account", String(60), nullable=False),
    Column("region", String(30), nullable=False),
    Column("since", Moment, nullable=False),
    Column("next_look", Moment, nullable=False, index=True),
    Column("deadline", Moment, nullable=False),
    Column("shows", JSON),  # what AWS showed at the last look
)

approvals = Table(
    "approvals",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("operation", Integer, ForeignKey("operations.id"), nullable=False),
    Column("plan_hash", String(64), nullable=False),
    Column("person", String(40), nullable=False),
    Column("agrees", Boolean, nullable=False),
    Column("reason", Text, nullable=False, default=""),
    Column("at", Moment, nullable=False),
    UniqueConstraint("operation", "person"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("key", String(200), primary_key=True),  # a click's trigger id: refused the second time
    Column("at", Moment, nullable=False),
)

schedules = Table(
    "schedules",
    metadata,
    Column("name", String(100), primary_key=True),
    Column("digest", String(64), nullable=False),  # of line, time, zone, channel, owner, caps
    Column("disabled", JSON),  # why, or NULL
    Column("seen_until", Moment, nullable=False),  # due times up to here have been asked or passed over
    Column("paused_by", String(40), nullable=False, server_default=text("''")),  # "": it is not paused
    Column("paused_at", Moment),
    Column("skips", Moment),  # the one due time that is passed over
)

chat_schedules = Table(
    "chat_schedules",
    metadata,
    Column("name", String(100), primary_key=True),
    Column("line", Text, nullable=False),
    Column("days", JSON, nullable=False),
    Column("time", String(5), nullable=False),
    Column("zone", String(60), nullable=False),
    Column("channel", String(40), nullable=False),
    Column("owner", String(40), nullable=False),
    Column("most_deletions", Integer, nullable=False),
    Column("grace", Integer, nullable=False),  # seconds
    Column("added", Moment, nullable=False),
    Column("operation", Integer, ForeignKey("operations.id"), nullable=False),  # that added it
)

schedule_approvals = Table(
    "schedule_approvals",
    metadata,
    Column("name", String(100), primary_key=True),
    Column("digest", String(64), primary_key=True),
    Column("person", String(40), primary_key=True),
    Column("at", Moment, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(200), nullable=False, unique=True),
    Column("kind", String(20), nullable=False),
    Column("operation", Integer, ForeignKey("operations.id"), index=True),
    Column("channel", String(40), nullable=False, default=""),
    Column("person", String(40), nullable=False, default=""),
    Column("thread", String(40), nullable=False, default=""),
    Column("response_url", Text, nullable=False, default=""),
    Column("language", String(8), nullable=False, default="en"),
    Column("body", JSON),
    Column("rank", Integer, nullable=False),  # smaller goes first: ends before progress
    Column("version", Integer, nullable=False, default=1),  # raised when there is something newer to show
    Column("sent_version", Integer, nullable=False, default=0),
    Column("doubtful", Boolean, nullable=False, default=False),  # the last post may have arrived
    Column("ts", String(40), nullable=False, default=""),  # of the message, once it is there
    Column("tries", Integer, nullable=False, default=0),
    Column("next_try", Moment),  # NULL: nothing to send
    Column("error", Text, nullable=False, default=""),
    Column("created", Moment, nullable=False),
    Column("address", String(254), nullable=False, server_default=text("''")),  # of one that goes by mail
    Column("picture", JSON),  # bot.store.pictures.Kept; NULL: none was drawn
    Index("ix_outbox_next_try_rank", "next_try", "rank"),
    Index("ix_outbox_channel_ts", "channel", "ts"),
)

_ENDED = text("outcome != ''")
audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("event", String(40), nullable=False),  # bot.store.audit.Event
    Column("person", String(40), nullable=False, default=""),
    Column("door", String(20), nullable=False, default=""),
    Column("operation", Integer),
    Column("batch", Integer),
    Column("line", Text, nullable=False, default=""),
    Column("plan_hash", String(64), nullable=False, default=""),
    Column("action", String(60), nullable=False, default=""),
    Column("account", String(60), nullable=False, default=""),
    Column("region", String(30), nullable=False, default=""),
    Column("resource", String(200), nullable=False, default=""),
    Column("outcome", String(20), nullable=False, default=""),
    Column("request_id", String(100), nullable=False, default=""),
    Column("detail", Text, nullable=False, default=""),  # an English sentence
    Index("ix_audit_resource_id", "resource", "id"),
    Index("ix_audit_person_id", "person", "id"),
    Index("ix_audit_person_at", "person", "at", "id"),
    Index("ix_audit_outcome_at", "outcome", "at", "id", sqlite_where=_ENDED),
    Index("ix_audit_person_outcome_at", "person", "outcome", "at", "id", sqlite_where=_ENDED),
    Index("ix_audit_at", "at"),
    Index("ix_audit_operation", "operation"),
)

seals = Table(
    "seals",
    metadata,
    Column("number", Integer, primary_key=True),  # 1, 2, 3 … without a gap
    Column("audit", Integer, ForeignKey("audit.id"), nullable=False, unique=True),
    Column("hash", String(64), nullable=False),
)

flags = Table(
    "flags",
    metadata,
    Column("name", String(60), primary_key=True),  # such as "audit-break"
    Column("value", JSON, nullable=False),
    Column("at", Moment, nullable=False),
)
