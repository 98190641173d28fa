"""What a machine costs as it is kept: all the time, in its office hours, or only its disks.  Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from aws.account import Place
from aws.database import Database
from aws.instance import Instance
from aws.volume import Volume
from bot.hours import Hours
from commands.calendars import calendar_of
from commands.power.share import to_come
from commands.prices import of
from commands.prices.estimate import Estimate, price
from commands.prices.rate import Rates
from commands.prices.thing import Thing

UP = ("pending", "running", "available", "starting", "backing-up", "modifying")
"""States of instances and of databases in which what runs is billed."""
NOTHING = Thing()


@dataclass(frozen=True, slots=True)
class Machine:
    """Something that runs or does not, and costs something in either case."""

    place: Place
    id: str
    name: str
    what: str  # in AWS's words: m5.large, 130 GiB
    state: str
    tags: Mapping[str, str]
    running: Thing  # what it costs while it runs, more than
    always: Thing  # what it costs in any case


@dataclass(frozen=True, slots=True)
class Kept:
    """A machine, and what it costs as it is kept."""

    machine: Machine
    calendar: str  # whose hours it keeps; "" when none
    part: Decimal  # of the time in which it runs: 0 to 1
    amount: Estimate
    saved: Decimal | None  # by its hours; None where none hold, or no price is known
    hourly: Decimal | None  # while it runs, without what it costs in any case


def of_instance(place: Place, one: Instance, disks: Iterable[Volume]) -> Machine:
    """An instance with its disks."""
    disks = tuple(disks)
    what = f"{one.type}, {sum(disk.size_gib for disk in disks)} GiB"
    costs = of.running(one), of.stopped(one, disks)
    return Machine(place, one.id, one.name, what, one.state, one.tags, *costs)


def of_volume(place: Place, one: Volume) -> Machine:
    """A volume by itself."""
    what = f"{one.size_gib} GiB {one.type}"
    return Machine(place, one.id, one.name, what, one.state, {}, NOTHING, of.volume(one))


def of_database(place: Place, one: Database) -> Machine:
    """A database instance without its storage."""
    what = f"{one.type} {one.engine}"
    return Machine(place, one.id, one.tags.name, what, one.state, one.tags, of.database(one), NOTHING)


def kept(one: Machine, hours: Mapping[str, Hours], rates: Rates, now: datetime) -> Kept:
    """What it costs a month from now on, if its hours hold, or it stays as it is."""
    name = calendar_of(one.tags) if one.running.parts else ""
    calendar = hours.get(name)
    part = to_come(calendar, now) if calendar else Decimal(one.state in UP)
    running = price(one.running, one.place.region, rates)
    amount = _amount(one, part, rates)
    saved = running.amount * (1 - part) if calendar and running.amount is not None else None
    return Kept(one, name if calendar else "", part, amount, saved, running.hourly)


def _amount(one: Machine, part: Decimal, rates: Rates) -> Estimate:
    """Its price, of what runs only so much of the time."""
    runs = tuple(replace(piece, quantity=piece.quantity * part) for piece in one.running.parts)
    billed = Thing(runs if part else (), one.running.at_most) + one.always
    if not billed.parts:  # a database that is stopped: only its storage, of which no price is known here
        return Estimate(None, price(one.always, one.place.region, rates).basis, exact=False)
    return price(billed, one.place.region, rates)
