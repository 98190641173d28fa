"""Databases that share their compiled statements: most take longer to be written than to be run.

A bot opens one database and compiles each statement once.  Tests open a thousand, one after the other;
what was compiled for one of them fits all, since their dialect is the same in every respect.
"""

from functools import partial
from typing import Any

import sqlalchemy
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite


class Alike(SQLiteDialect_pysqlite):
    """SQLite's dialect; all of them are one and the same to a cache, which keys its statements by them."""

    supports_statement_cache = True

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self)

    def __hash__(self) -> int:
        return hash(type(self))


registry.register("sqlite", __name__, Alike.__name__)

_compiled: dict[Any, Any] = {}
create_engine = partial(sqlalchemy.create_engine, execution_options={"compiled_cache": _compiled})
