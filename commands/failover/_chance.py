"""Chance that can be had again: a seed and the ids there are decide.  Pure."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from zoneinfo import ZoneInfo


def order(ids: Iterable[str], seed: int) -> tuple[str, ...]:
    """These in an order that only the seed decides, in whatever order they come; the first is chosen.

    Each is as likely to be first as any other, and what is not first may come or go without another being so.
    """
    return tuple(sorted(set(ids), key=lambda each: sha256(f"{seed}/{each}".encode()).digest()))


def seed_of_day(now: datetime, zone: ZoneInfo) -> int:
    """The seed where nobody gives one: the date of the team's day, so that a plan and its run agree."""
    return int(f"{now.astimezone(zone):%Y%m%d}")
