"""Letters that wait for a moment which somebody chose: calls about a trouble, by their keys."""

from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, select

from bot.store.schema import outbox

ABOUT = "remind"  # what such a call is about; the moment and the person follow


def key(trouble: int, at: datetime, person: str = "") -> str:
    """Of one person's reminder then; without a person what the keys of all of them begin with."""
    return f"call:{trouble}:{ABOUT}:{at.astimezone(UTC).isoformat()}:{person}"


# -- reads ---------------------------------------------------------------------------------------


def is_one(letter_key: str) -> bool:
    """Whether this is the key of a reminder."""
    return letter_key.split(":")[2:3] == [ABOUT]


def any_at(tx: Connection, trouble: int, at: datetime) -> bool:
    """Whether somebody is reminded of it at this moment."""
    query = select(outbox.c.id).where(_begins_with(key(trouble, at))).limit(1)
    return tx.execute(query).first() is not None


# -- changes -------------------------------------------------------------------------------------


def take_back(tx: Connection, trouble: int) -> list[str]:
    """Take back all that wait; returns whose they are."""
    waiting = _begins_with(f"call:{trouble}:{ABOUT}:") & outbox.c.next_try.is_not(None)
    keys = list(tx.execute(select(outbox.c.key).where(waiting).order_by(outbox.c.id)).scalars())
    tx.execute(delete(outbox).where(waiting))
    return [one.rpartition(":")[2] for one in keys]


def _begins_with(prefix: str) -> ColumnElement[bool]:
    """By the order of keys, which has an index; it ends with a colon, after which comes a semicolon."""
    return and_(outbox.c.key >= prefix, outbox.c.key < f"{prefix[:-1]};")
