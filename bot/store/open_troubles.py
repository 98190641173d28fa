"""The troubles that are not over, as a home tab tells of them: the worst, and how many of each severity."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, case, func, or_, select

from bot.store.event_schema import troubles
from bot.store.outbox import with_key
from bot.store.trouble_rows import trouble_of
from bot.store.troubles import NOT_OVER
from bot.trouble import Severity, State, Trouble

AT_MOST = 50  # of those that call


def worst(tx: Connection, most: int) -> Sequence[Trouble]:
    """The worst first, of equal ones what nobody looks at yet, then the newest."""
    return [trouble_of(row) for row in tx.execute(_WORST, {"most": most})]


def counts(tx: Connection) -> Mapping[Severity, int]:
    """How many of each severity."""
    return {Severity(severity): n for severity, n in tx.execute(_COUNTS)}


def calling(tx: Connection, now: datetime) -> Sequence[Trouble]:
    """Those that nobody looks at and that are not quiet, the newest first."""
    return [trouble_of(row) for row in tx.execute(_CALLING, {"now": now, "most": AT_MOST})]


def spots(tx: Connection, found: Sequence[Trouble]) -> Mapping[int, tuple[str, str]]:
    """The channel and the ts of their messages, or of their storms'; of those that are there."""
    letters = {one.number: with_key(tx, _key(one)) for one in found}
    return {number: (one.channel, one.ts) for number, one in letters.items() if one and one.ts}


def _key(one: Trouble) -> str:
    return f"storm:{one.storm}" if one.storm else f"trouble:{one.number}"


_BEGAN = troubles.c.times > 0  # of others only the end has come
_IS_OPEN = (troubles.c.state.in_(NOT_OVER), _BEGAN)
_RANK = case({Severity.CRITICAL: 0, Severity.WARNING: 1}, value=troubles.c.severity, else_=2)
_NOBODY_LOOKS = case({State.OPEN: 0}, value=troubles.c.state, else_=1)
_WORST = (
    select(troubles)
    .where(*_IS_OPEN)
    .order_by(_RANK, _NOBODY_LOOKS, troubles.c.id.desc())
    .limit(bindparam("most"))
)
_COUNTS = select(troubles.c.severity, func.count()).where(*_IS_OPEN).group_by(troubles.c.severity)
_QUIET_UNTIL = troubles.c.snoozed_until
_NOW = bindparam("now", type_=_QUIET_UNTIL.type)
_CALLING = (
    select(troubles)
    .where(
        troubles.c.state == State.OPEN,
        _BEGAN,
        troubles.c.silenced_by == "",
        or_(_QUIET_UNTIL.is_(None), _QUIET_UNTIL <= _NOW),
    )
    .order_by(troubles.c.id.desc())
    .limit(bindparam("most"))
)
