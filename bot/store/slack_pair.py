"""The pair of tokens that Slack renews twice a day: one for all processes, sealed, in the table of flags."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from bot.store.schema import flags

NAME = "slack-pair"


@dataclass(frozen=True, slots=True)
class Kept:
    """As it is stored; nobody reads it without the app's client secret."""

    sealed: str
    expires: datetime  # the access token
    version: int  # goes up with each renewal
    given: tuple[str, ...]  # digests of the refresh tokens that people gave, this pair's first one last
    claimed: datetime | None = None  # until then somebody renews it


def held(tx: Connection) -> Kept | None:
    """The pair there is; None: none was ever given."""
    row = tx.execute(select(flags.c.value, flags.c.at).where(flags.c.name == NAME)).first()
    return _kept(row.value, row.at) if row else None


def put(tx: Connection, kept: Kept) -> None:
    """Store it, over whatever there is."""
    values = {"value": _json(kept), "at": kept.expires}
    if held(tx) is None:
        tx.execute(insert(flags).values(name=NAME, **values))
    else:
        tx.execute(update(flags).where(flags.c.name == NAME).values(**values))


def claim(tx: Connection, version: int, now: datetime, until: datetime) -> Kept | None:
    """The pair to renew, if nobody else renews it and it is still this version; it is ours until then."""
    kept = held(tx)
    if kept is None or kept.version != version or (kept.claimed is not None and kept.claimed > now):
        return None
    put(tx, replace(kept, claimed=until))
    return kept


def renewed(tx: Connection, fresh: Kept) -> bool:
    """Store the next version; False: there is a newer one."""
    kept = held(tx)
    if kept is not None and kept.version >= fresh.version:
        return False
    put(tx, fresh)
    return True


def _json(kept: Kept) -> dict[str, Any]:
    claimed = kept.claimed.isoformat() if kept.claimed else None
    return {name: one for name, one in asdict(kept).items() if name != "expires"} | {"claimed": claimed}


def _kept(value: dict[str, Any], expires: datetime) -> Kept:
    claimed = value["claimed"] and datetime.fromisoformat(value["claimed"])
    return Kept(value["sealed"], expires, value["version"], tuple(value["given"]), claimed)
