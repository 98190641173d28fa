"""Who has the duty: one process of several, until a moment that it puts off again and again."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from bot.store.schema import flags

NAME = "duty"


def held(tx: Connection) -> tuple[str, datetime] | None:
    """Who has it, and until when; None: nobody ever had, or it was given up."""
    row = tx.execute(select(flags.c.value, flags.c.at).where(flags.c.name == NAME)).first()
    return (str(row.value), row.at) if row else None


def take(tx: Connection, owner: str, now: datetime, until: datetime) -> bool:
    """Take it, or keep it; False: somebody else has it."""
    found = held(tx)
    if found is None:
        tx.execute(insert(flags).values(name=NAME, value=owner, at=until))
        return True
    if found[0] != owner and found[1] > now:
        return False
    tx.execute(update(flags).where(flags.c.name == NAME).values(value=owner, at=until))
    return True


def give_up(tx: Connection, owner: str) -> None:
    """Somebody else may have it now, if it was this owner's."""
    found = held(tx)
    if found is not None and found[0] == owner:
        tx.execute(delete(flags).where(flags.c.name == NAME))
