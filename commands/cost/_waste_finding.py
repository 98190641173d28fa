"""What is wasted: one thing that nobody seems to need, what it costs and how it can be done away with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from aws.account import Place
from aws.tags import Tags
from commands.generations.overrides import is_excluded
from commands.prices.estimate import Estimate, price
from commands.prices.rate import Rates
from commands.prices.thing import Thing

TESTS = ("toban:test", "toban:failover")
"""Tags of what is made for a test of failures."""


class Kind(StrEnum):
    """Why it is waste, as the table says it; a note explains each."""

    LEFTOVER = "left over"
    UNATTACHED = "unattached"
    ORPHAN = "orphan"
    STOPPED = "stopped"
    UNUSED = "unused"
    NO_TARGETS = "no targets"
    GP2 = "gp2"


def is_of_test(tags: Mapping[str, str]) -> bool:
    """Whether something was made for a test of failures."""
    return any(key in tags for key in TESTS) and not is_excluded(tags)


@dataclass(frozen=True, slots=True)
class Rules:
    """From when on something is waste."""

    snapshots_older_than: timedelta = timedelta(days=90)
    stopped_for: timedelta = timedelta(days=30)
    large_gib: int = 100  # of all disks of an instance that is stopped
    new: timedelta = timedelta(days=1)  # what is younger may still be on its way to somebody


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing, or what could be saved on it."""

    kind: Kind
    place: Place
    id: str  # of the resource; a load balancer's name
    name: str
    what: str  # in AWS's words: 500 GiB gp2
    thing: Thing  # what is paid for
    tags: Tags = Tags()
    since: datetime | None = None  # made, or stopped, then
    made: datetime | None = None  # the moment it was made, as far as AWS tells
    instead: Thing | None = None  # what it could be; the difference is wasted
    line: str = ""  # what does away with it, as a person would type it; "" where nothing does
    covers: frozenset[str] = field(default_factory=frozenset)  # ids whose cost is part of it

    def amount(self, rates: Rates) -> Estimate:
        """What it wastes a month."""
        now = price(self.thing, self.place.region, rates)
        if self.instead is None:
            return now
        then = price(self.instead, self.place.region, rates)
        if now.amount is None or then.amount is None:
            return now if now.amount is None else then
        return Estimate(now.amount - then.amount, now.basis, now.exact and then.exact)


@dataclass(frozen=True, slots=True)
class Priced:
    """A finding, its amount, and whose it is."""

    finding: Finding
    amount: Estimate
    owner: str = ""  # "" when nobody knows
