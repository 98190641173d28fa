"""Silences: what nobody wants to hear of for a while."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects.sqlite import insert

from bot.store.event_schema import silences
from bot.trouble import Silence

# -- reads ---------------------------------------------------------------------------------------


def about(tx: Connection, rule: str, subject: str, now: datetime) -> Silence | None:
    """The longest silence that is about it now; None when everybody hears of it."""
    row = tx.execute(_ABOUT, {"by": rule, "about": subject, "now": now}).first()
    return None if row is None else Silence(row.rule, row.subject, row.until, row.person)


def standing(tx: Connection, now: datetime) -> Sequence[Silence]:
    """What is silent now."""
    query = select(silences).where(silences.c.until > now).order_by(silences.c.rule, silences.c.subject)
    return [Silence(row.rule, row.subject, row.until, row.person) for row in tx.execute(query)]


# -- changes -------------------------------------------------------------------------------------


def put(tx: Connection, one: Silence) -> None:
    """Nobody hears of it until then; the newest word counts."""
    row = {"until": one.until, "person": one.person}
    made = insert(silences).values(rule=one.rule, subject=one.subject[:300], **row)
    keys = [silences.c.rule, silences.c.subject]
    tx.execute(made.on_conflict_do_update(index_elements=keys, set_=row))


_ABOUT = (  # built once: it is asked for every event
    select(silences)
    .where(
        silences.c.rule == bindparam("by"),
        (silences.c.subject == "") | (silences.c.subject == bindparam("about")),
        silences.c.until > bindparam("now", type_=silences.c.until.type),
    )
    .order_by(silences.c.until.desc())
)
