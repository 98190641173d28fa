"""What is planned for instances, and which office hours they say they keep."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from aws.account import Place
from aws.instance import Instance
from bot.brief import Held
from bot.command import World
from bot.words import Words, words

HOURS_TAG = "toban:hours"


def held(world: World) -> Mapping[tuple[Place, str], Held]:
    """The next thing that an open operation has planned for each resource, by place and id."""
    soonest: dict[tuple[Place, str], Held] = {}
    for one in world.ledger.held():
        soonest.setdefault((Place(one.account, one.region), one.resource), one)
    return soonest


def cell(one: Held | None, zone: ZoneInfo) -> str:
    """It in a column: ``ec2.stop 22:00 #12``, with the date unless it is obvious."""
    return f"{one.action} {one.until.astimezone(zone):%m-%d %H:%M} #{one.number}" if one else ""


def sentence(one: Held) -> Words:
    """It in a sentence."""
    return words(
        "#{number} of {person}: {action} at {when} (`{line}`)",
        number=str(one.number),
        person=f"<@{one.person}>",
        action=one.action,
        when=one.until,
        line=one.line,
    )


def hours(one: Instance) -> str:
    """The calendar that its tag names; "" for none."""
    return one.tags.get(HOURS_TAG, "")
