"""Where something stands with its office hours, in words.  Pure."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.brief import Held
from bot.hours import Hours, is_open, next_switch
from bot.words import Words, words
from commands.calendars import calendar_of
from commands.power import overrides


def standing(
    tags: Mapping[str, str], hours: Mapping[str, Hours], held: Held | None, now: datetime
) -> Words | None:
    """What keeps something up or down now, and until when; None when nothing does.

    `held` is its own of `overrides.by_resource(world.ledger.held(), now)`.
    """
    if held is not None:
        return overrides.said(held)
    name = calendar_of(tags)
    if not name:
        return None
    return _of(hours[name], now) if name in hours else unknown(name, hours)


def unknown(name: str, known: Iterable[str]) -> Words:
    """What is said of a calendar that the config has not."""
    names = ", ".join(known)
    if not names:
        return words("there is no calendar “{calendar}”; the config has none", calendar=name)
    return words("there is no calendar “{calendar}”; there are {known}", calendar=name, known=names)


def _of(hours: Hours, now: datetime) -> Words:
    until = next_switch(hours, now)
    if until is None:
        always = words("{calendar}: always running", calendar=hours.name)
        return always if is_open(hours, now) else words("{calendar}: always stopped", calendar=hours.name)
    if is_open(hours, now):
        return words("{calendar}: running until {until}", calendar=hours.name, until=until)
    return words("{calendar}: stopped until {until}", calendar=hours.name, until=until)
