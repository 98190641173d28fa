"""Overrides: resources for which an open operation has something planned at a moment still to come.

Whoever brings about what office hours want leaves those alone; the operation itself does what is to be done
when its moment comes.  Pure.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.brief import Held
from bot.words import Value, Words, words

Where = tuple[str, str, str]
"""Account, region, and the resource's id."""
KEEP = "ec2.keep"
"""The action that only lets go of an instance: its hours agree at that moment, or it has none."""
STARTS, STOPS = frozenset({"ec2.start", "rds.start"}), frozenset({"ec2.stop", "rds.stop"})
POWER = STARTS | STOPS | {KEEP}


def by_resource(held: Iterable[Held], now: datetime) -> Mapping[Where, Held]:
    """The override of each resource that has one; of several the one that lasts longest.

    One whose moment has come, while toban was down for example, holds nothing any longer.
    """
    found: dict[Where, Held] = {}
    for one in held:
        where = one.account, one.region, one.resource
        if one.until > now and one.action in POWER and _lasts_longer(one, found.get(where)):
            found[where] = one
    return found


def _lasts_longer(one: Held, other: Held | None) -> bool:
    return other is None or other.until < one.until


def said(held: Held) -> Words:
    """An override in words: who asked for it, until when, and the operation's number."""
    known: dict[str, Value] = {"person": held.person, "until": held.until, "number": held.number}
    if held.action in STOPS:
        return words("kept running by {person} until {until} (#{number})", **known)
    if held.action in STARTS:
        return words("kept stopped by {person} until {until} (#{number})", **known)
    return words("kept as it is by {person} until {until} (#{number})", **known)
