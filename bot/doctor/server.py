"""The database on a server, looked at beside the bots that work on it."""

from contextlib import closing

from sqlalchemy import inspect, text
from sqlalchemy.exc import SQLAlchemyError

from bot.store.closed_door import DatabaseAway
from bot.store.visit import visit


class Unreachable(Exception):
    """It cannot be looked at; the message is why, without any password."""


def version(url: str) -> str:
    """The migration that it stands at; "" for none.  Raises Unreachable."""
    try:
        with closing(visit(url)) as tx:
            if not inspect(tx).has_table("alembic_version"):
                return ""
            return str(tx.execute(text("select version_num from alembic_version")).scalar() or "")
    except DatabaseAway as error:
        raise Unreachable(str(error).partition(" See whether")[0].rstrip(".")) from error
    except SQLAlchemyError as error:  # its text has the statement, and may have the address
        raise Unreachable(f"the database cannot be read ({type(error).__name__})") from error
