"""What rules have asked: each ask's key says whose it is, so that they can be counted."""

import hashlib
from datetime import datetime

from sqlalchemy import Connection, func, select

from bot.store.schema import asks


def key(rule: str, event: str) -> str:
    """Of the ask of a rule for an event, by the event's key: the same whenever it is delivered."""
    return f"{_prefix(rule)}{_digest(event)}"


def count(tx: Connection, rule: str, since: datetime) -> int:
    """How often a rule has asked since then."""
    prefix = _prefix(rule)
    mine = (asks.c.key >= prefix) & (asks.c.key < f"{prefix[:-1]}0")  # "0" comes after "/"
    query = select(func.count()).select_from(asks).where(mine, asks.c.at > since)
    return int(tx.execute(query).scalar_one())


def _prefix(rule: str) -> str:
    return f"event/{_digest(rule)[:16]}/"


def _digest(said: str) -> str:
    return hashlib.sha256(said.encode()).hexdigest()
