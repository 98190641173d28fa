"""Today's office hours as a picture of text: a column an hour, the present one marked.

A home tab shows pictures only from a public address ("Image block", Slack), and toban has none.  The words
before each picture say the same for whoever cannot see it, and it fits a phone's line.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from itertools import pairwise

from bot import wall
from bot.brief import Held
from bot.hours import Hours, is_open, next_switch, switches
from bot.views.blocks import Block, context, section
from bot.views.speaker import Speaker
from bot.views.text import code
from bot.words import Words, plural, words

CALENDARS, HELD = 5, 5
OPEN, PARTLY, CLOSED, NOW = "█", "▄", "░", "◆"
_SIX = 6  # columns between two numbers
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


def hours_blocks(
    calendars: Sequence[Hours], held: Sequence[Held], speak: Speaker, now: datetime
) -> list[Block]:
    """The calendars' day, and what is kept otherwise until a moment."""
    found = [section(_row(one, speak, now), 600) for one in calendars[:CALENDARS]]
    legend = [context(speak.text(words("█ open  ▄ partly  ░ closed  ◆ now"), 100))] if found else []
    return [*found, *legend, *(context(_kept(one, speak)) for one in _operations(held)[:HELD])]


def picture(hours: Hours, now: datetime) -> str:
    """The day that it is now in the calendar's zone: `0░░░░░░6░░░███12██◆███18█░░░░░24`."""
    present = wall.shown(now, hours.zone).hour
    signs = [NOW if hour == present else sign for hour, sign in enumerate(_signs(hours, now))]
    parts = [f"{first}{''.join(signs[first : first + _SIX])}" for first in range(0, 24, _SIX)]
    return "".join(parts) + "24"


def _signs(hours: Hours, now: datetime) -> Iterator[str]:
    """A sign for each hour on the wall; one that a clock jumps over is as the moment after it."""
    midnight = datetime.combine(wall.shown(now, hours.zone).date(), time())
    begins = [wall.moment(midnight + _HOUR * hour, hours.zone) for hour in range(25)]
    changes = list(switches(hours, begins[0], begins[-1]))
    for begin, end in pairwise(begins):
        if any(begin < at < end for at in changes):
            yield PARTLY
        else:
            yield OPEN if is_open(hours, begin) else CLOSED


def _row(hours: Hours, speak: Speaker, now: datetime) -> str:
    sign = "🟢" if is_open(hours, now) else "⚪"
    return f"{sign} *{speak.text(_state(hours, now), 300)}*\n{code(picture(hours, now), 60)}"


def _state(hours: Hours, now: datetime) -> Words:
    """What the picture shows, in words."""
    at, name, zone = next_switch(hours, now), hours.name, hours.zone.key
    if is_open(hours, now):
        if at:
            return words("{name} ({zone}): open until {at}", name=name, zone=zone, at=at)
        return words("{name} ({zone}): always open", name=name, zone=zone)
    if at:
        return words("{name} ({zone}): closed until {at}", name=name, zone=zone, at=at)
    return words("{name} ({zone}): closed", name=name, zone=zone)


def _operations(held: Sequence[Held]) -> list[list[Held]]:
    """What is held, by the operation that holds it, in the order in which they are given."""
    found: dict[int, list[Held]] = {}
    for one in held:
        found.setdefault(one.number, []).append(one)
    return list(found.values())


def _kept(some: Sequence[Held], speak: Speaker) -> str:
    """An override, or a bastion for a while: whose it is, until when, and the line that was typed."""
    first = some[0]
    said = plural(
        "#{number} by {person} holds {n} resource until {at}",
        "#{number} by {person} holds {n} resources until {at}",
        len(some),
        number=str(first.number),
        person=first.person,
        at=first.until,
    )
    return f"⏳ {speak.text(said, 200)} {code(first.line, 200)}"
