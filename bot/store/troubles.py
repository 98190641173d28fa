"""Troubles: one row each, from the first event to the end."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, func, insert, select, true, update

from bot import chart, words
from bot.chart import Chart
from bot.store.event_schema import troubles
from bot.store.trouble_rows import KEPT, body_of, trouble_of, unasked_in_body
from bot.trouble import Reading, Seen, Severity, State, Trouble, Unasked

NOT_OVER = (State.OPEN, State.ACKNOWLEDGED)
_TOLD = troubles.c.times > 0  # it has begun: of others only the end has come


# -- reads ---------------------------------------------------------------------------------------


def get(tx: Connection, number: int) -> Trouble | None:
    """One trouble as it stands."""
    row = tx.execute(_ONE, {"number": number}).first()
    return None if row is None else trouble_of(row)


def newest(tx: Connection, rule: str, subject: str) -> Trouble | None:
    """The newest trouble of a rule about something."""
    row = tx.execute(_NEWEST, {"by": rule, "about": subject}).first()
    return None if row is None else trouble_of(row)


def begun_by(tx: Connection, rule: str, key: str) -> int | None:
    """The trouble of a rule that this event began, or began again; None when it began none."""
    query = select(troubles.c.id).where(troubles.c.begun_by == key, troubles.c.rule == rule)
    found: int | None = tx.execute(query).scalar()
    return found


def of_subject(tx: Connection, subject: str, most: int) -> Sequence[Trouble]:
    """The newest troubles about something, whatever their rules."""
    query = select(troubles).where(troubles.c.subject == subject, _TOLD)
    return [trouble_of(row) for row in tx.execute(query.order_by(troubles.c.id.desc()).limit(most))]


def find(
    tx: Connection, states: Sequence[State], most: int, *, storm: int | None = None
) -> Sequence[Trouble]:
    """Troubles in these states, the newest first, of one storm if one is named."""
    query = select(troubles).where(troubles.c.state.in_(states), _TOLD)
    found = query if storm is None else query.where(troubles.c.storm == storm)
    return [trouble_of(row) for row in tx.execute(found.order_by(troubles.c.id.desc()).limit(most))]


def counted(tx: Connection, storm: int) -> Mapping[State, int]:
    """How many of a storm's troubles are in each state."""
    query = select(troubles.c.state, func.count()).where(troubles.c.storm == storm).group_by(troubles.c.state)
    return {State(state): count for state, count in tx.execute(query)}


def first_of(tx: Connection, storm: int) -> Trouble | None:
    """The first trouble of a storm, which stands for them all."""
    query = select(troubles).where(troubles.c.storm == storm).order_by(troubles.c.id).limit(1)
    row = tx.execute(query).first()
    return None if row is None else trouble_of(row)


def begun(
    tx: Connection, channel: str, since: datetime, most: int, *, cause: str | None = None, alone: bool = False
) -> int:
    """How many troubles began, or began again, in a channel since then, and are told to somebody; to `most`.

    Only those of one cause if one is named; with `alone` only those with a message of their own.
    """
    asked: dict[str, object] = {"where": channel, "since": since, "most": most}
    if cause is not None:
        return int(tx.execute(_BEGUN_OF, {**asked, "why": cause}).scalar_one())
    return int(tx.execute(_BEGUN_ALONE if alone else _BEGUN, asked).scalar_one())


def fired(tx: Connection) -> Mapping[str, datetime]:
    """When the newest trouble of each rule began, by AWS's time."""
    query = select(troubles.c.rule, func.max(troubles.c.began)).where(_TOLD).group_by(troubles.c.rule)
    return {row[0]: row[1] for row in tx.execute(query)}


def to_call(tx: Connection, now: datetime, most: int = 1000) -> Sequence[Trouble]:
    """Those about which somebody is to be called now."""
    query = select(troubles).where(troubles.c.next_stage <= now).order_by(troubles.c.next_stage).limit(most)
    return [trouble_of(row) for row in tx.execute(query)]


def telling(tx: Connection, before: datetime, most: int = 5000) -> Sequence[Trouble]:
    """Those without an end that are not over, and of which nothing was heard since before then."""
    quiet = troubles.c.tells & troubles.c.state.in_(NOT_OVER) & (troubles.c.last <= before) & _TOLD
    query = select(troubles).where(quiet).order_by(troubles.c.id).limit(most)
    return [trouble_of(row) for row in tx.execute(query)]


def to_look(tx: Connection, now: datetime, most: int = 20) -> Sequence[Trouble]:
    """Those about which more is to be found out."""
    query = select(troubles).where(troubles.c.look <= now).order_by(troubles.c.look).limit(most)
    return [trouble_of(row) for row in tx.execute(query)]


# -- changes -------------------------------------------------------------------------------------


def begin(tx: Connection, seen: Seen, severity: Severity, came: datetime, **columns: object) -> Trouble:
    """Open a trouble."""
    row = _begun(seen, severity, came) | columns
    return trouble_of(tx.execute(_NEW, row).one())


def note_end(tx: Connection, seen: Seen, severity: Severity, came: datetime) -> int:
    """Keep the end of something whose begin has not come; returns its number."""
    over = {"state": State.OVER, "ended": seen.event.at, "times": 0, "look": None}
    return begin(tx, seen, severity, came, tells=False, **over).number


def _begun(seen: Seen, severity: Severity, came: datetime) -> dict[str, Any]:
    event, reading, rule = seen.event, seen.reading, seen.rule
    return {
        "rule": rule.name,
        "subject": reading.subject[:300],
        "account": event.account[:60],
        "region": event.region[:30],
        "severity": severity,
        "state": State.OPEN,
        "channel": rule.channel,
        "cause": reading.cause[:200],
        "body": body_of(reading, rule.mention),
        "began": event.at,
        "last": event.at,
        "came": came,
        "times": 1,
        "look": came,
    }


def change(tx: Connection, number: int, **columns: object) -> None:
    """Change columns of a trouble."""
    tx.execute(_CHANGE, {"number": number, **columns})


def told(tx: Connection, number: int, reading: Reading, at: datetime, **columns: object) -> None:
    """What the newest event says of it, and what that changes."""
    kept = tx.execute(_KEPT, {"number": number}).scalar_one()
    body = body_of(reading, kept["mention"]) | {name: kept.get(name) for name in KEPT}
    change(tx, number, body=body, last=at, **columns)


def found_out(
    tx: Connection,
    number: int,
    context: Sequence[words.Words],
    shows: Chart | None = None,
    again: datetime | None = None,
) -> None:
    """What was found out about it afterwards, a picture of it, and when to look again."""
    kept = tx.execute(_KEPT, {"number": number}).scalar_one()
    found = {
        "context": [words.to_json(one) for one in context],
        "chart": shows and chart.to_json(shows),
    }
    change(tx, number, body=kept | found, look=again)


def unasked(tx: Connection, number: int, what: Unasked | None) -> None:
    """A line of its rule was not asked, and is a button now; None: it was asked."""
    kept = tx.execute(_KEPT, {"number": number}).scalar_one()
    held = unasked_in_body(what)
    if kept.get("unasked") != held:
        change(tx, number, body=kept | {"unasked": held})


def move(tx: Connection, number: int, sources: Sequence[State], to: State, **columns: object) -> bool:
    """Move a trouble, once; False: it is not where this move starts."""
    moved = tx.execute(
        update(troubles)
        .where(troubles.c.id == number, troubles.c.state.in_(sources))
        .values(state=to, **columns)
    )
    return moved.rowcount == 1


def wake(tx: Connection, rule: str, at: datetime) -> None:
    """What began in silence is looked at then: somebody may want to hear of it."""
    quiet = (troubles.c.rule == rule) & (troubles.c.silenced_by != "") & troubles.c.state.in_(NOT_OVER)
    tx.execute(update(troubles).where(quiet).values(next_stage=at))


# Statements of the busiest moments, built once: building one costs as much as running it.
def _counted(more: ColumnElement[bool]) -> Select[Any]:
    told = (troubles.c.silenced_by == "") & _TOLD & more
    came = troubles.c.came > bindparam("since", type_=troubles.c.came.type)
    mine = (troubles.c.channel == bindparam("where")) & came & told
    found = select(troubles.c.id).where(mine).limit(bindparam("most")).subquery()
    return select(func.count()).select_from(found)


_NEW = insert(troubles).returning(troubles)
_ONE = select(troubles).where(troubles.c.id == bindparam("number"))
_KEPT = select(troubles.c.body).where(troubles.c.id == bindparam("number"))
_CHANGE = update(troubles).where(troubles.c.id == bindparam("number"))
_NEWEST = (
    select(troubles)
    .where(troubles.c.rule == bindparam("by"), troubles.c.subject == bindparam("about"))
    .order_by(troubles.c.id.desc())
    .limit(1)
)
_BEGUN, _BEGUN_ALONE = _counted(true()), _counted(troubles.c.storm.is_(None))
_BEGUN_OF = _counted(troubles.c.cause == bindparam("why"))
