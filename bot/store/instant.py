"""Moments in the database: as a date and a time, and as a number that SQL can add to."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, TypeDecorator
from sqlalchemy.dialects.sqlite import DATETIME
from sqlalchemy.types import TypeEngine

_BEGIN = datetime(1970, 1, 1, tzinfo=UTC)
_ONE = timedelta(microseconds=1)


def length(much: timedelta) -> int:
    """A length of time as it is stored: in microseconds."""
    return much // _ONE


def instant(moment: datetime) -> int:
    """A moment as it is stored.  Raises ValueError for a naive datetime."""
    if moment.tzinfo is None:
        raise ValueError(f"a moment needs its zone: {moment!r}")
    return length(moment - _BEGIN)


class _Alike(DATETIME):
    """SQLite's text of a date and a time; a thousand rows of one statement mostly have the same."""

    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any] | None:
        """The text, made once for the same moment."""
        made = super().bind_processor(dialect)
        return lru_cache(maxsize=64)(made) if made else None


class Moment(TypeDecorator[datetime]):
    """An aware datetime, stored in UTC; SQLite would silently drop the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The column's own type."""
        if dialect.name != "sqlite":
            return dialect.type_descriptor(DateTime(timezone=True))
        return dialect.type_descriptor(_Alike())  # type: ignore[no-untyped-call]  # SQLAlchemy's

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC.  Raises ValueError for a naive datetime."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment needs its zone: {value!r}")
        moment = value if value.tzinfo is UTC else value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """In UTC, aware."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Instant(TypeDecorator[datetime]):
    """An aware datetime, stored in microseconds since 1970: so is what SQL adds to it."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """To microseconds.  Raises ValueError for a naive datetime."""
        return None if value is None else instant(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """In UTC, aware."""
        return None if value is None else _BEGIN + value * _ONE
