"""What failure tests and labs leave behind: when something is that, what it costs, what does away with it.

Pure, with time and toban's own drills handed in.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from bot.plan import Resource, Step
from bot.words import Words, words
from commands.changes.make_deny_acl import DENIES
from commands.generations.overrides import is_excluded
from commands.generations.tags import KIND, MADE_BY
from commands.prices.estimate import Estimate, price
from commands.prices.rate import Rates
from commands.prices.thing import Thing

DRILL = "toban:drill"  # and the number of the drill that made it
TESTS = ("toban:test", "toban:failover")  # of what is made for a test of failures
LAB = "toban:lab"
STACK = "aws:cloudformation:stack-name"  # "Resource tags", CloudFormation user guide
_NOTHING = Estimate(Decimal(0), words("costs nothing"), exact=True)


class Kind(StrEnum):
    """Why it counts as left over."""

    DRILL = "drill"  # a drill made it
    STOPPED = "stopped"  # a drill stopped it, and nothing has started it again
    TEST = "test"
    LAB = "lab"


@dataclass(frozen=True, slots=True)
class Leftover:
    """One thing that is left over."""

    kind: Kind
    target: Resource
    what: str  # in AWS's words: 500 GiB gp3
    thing: Thing | None = None  # what is paid for; None: it costs nothing
    made: datetime | None = None
    step: Step | None = None  # what does away with it
    stays: Words | None = None  # why nothing does
    covers: frozenset[str] = frozenset()  # ids whose cost is part of it

    def amount(self, rates: Rates) -> Estimate:
        """What it costs a month."""
        return _NOTHING if self.thing is None else price(self.thing, self.target.region, rates)


@dataclass(frozen=True, slots=True)
class Rules:
    """From when on something is left over."""

    now: datetime
    older_than: timedelta  # of what was made by hand; what a drill made is judged by the drill
    under_way: Collection[int]  # the numbers of the drills that are not over


def kind_of(tags: Mapping[str, str]) -> Kind | None:
    """Why something with these tags counts; None: it does not."""
    if is_excluded(tags):
        return None
    if number_of(tags) is not None:
        return Kind.DRILL
    if any(key in tags for key in TESTS):
        return Kind.TEST
    return Kind.LAB if LAB in tags else None


def number_of(tags: Mapping[str, str]) -> int | None:
    """The drill that made something with these tags; a backup is nothing that a drill made."""
    number = tags.get(DRILL, tags.get(MADE_BY, "") if tags.get(KIND) == DENIES else "")
    return int(number) if number.isdecimal() else None


def judged(one: Leftover, rules: Rules) -> Leftover:
    """The same, staying where it is still needed, or others look after it."""
    why = one.stays or _why_it_stays(one, rules)
    return replace(one, step=None, stays=why) if why is not None else one


def _why_it_stays(one: Leftover, rules: Rules) -> Words | None:
    tags = dict(one.target.tags)
    number = number_of(tags)
    if number is not None and number in rules.under_way:
        return words("#{number} is not over", number=number)
    if STACK in tags:
        return words("it belongs to the stack {stack} of CloudFormation: delete that", stack=tags[STACK])
    by_hand = one.kind in (Kind.TEST, Kind.LAB)
    if by_hand and one.made is not None and rules.now - one.made < rules.older_than:
        return words("it is younger than {age}", age=rules.older_than)
    return None
