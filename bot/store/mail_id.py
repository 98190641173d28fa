"""The id that this database alone has: part of the Message-ID of every mail that is told from it."""

import secrets
from datetime import datetime

from sqlalchemy import Connection, insert, select

from bot.store.schema import flags

NAME = "mail-id"


def mail_id(tx: Connection, at: datetime) -> str:
    """The id, made at random when it is first asked for; inside a transaction that may write."""
    known: str | None = tx.execute(select(flags.c.value).where(flags.c.name == NAME)).scalar_one_or_none()
    if known is not None:
        return known
    made = secrets.token_hex(8)
    tx.execute(insert(flags).values(name=NAME, value=made, at=at))
    return made
