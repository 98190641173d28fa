"""What a cut zone means, in words: the blast radius, what is not undone, and who holds the way back. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from aws.autoscaling_group import Group
from bot.plan import Step
from bot.words import Words, plural, words
from commands.changes import cut_subnet, narrow_group, shift_zone
from commands.failover._zone_found import Found

SHOWN = 8  # names in one sentence


def notes(found: Found, steps: Sequence[Step], lasts: timedelta) -> tuple[Words, ...]:
    """Everything that whoever agrees should know."""
    return (*_reaches(found, steps), *_returns(steps, lasts), *_hides())


def _reaches(found: Found, steps: Sequence[Step]) -> Iterator[Words]:
    """The blast radius."""
    cut = _named(steps, cut_subnet.CUT_NAME)
    yield plural(
        "{n} subnet of {vpc} is cut off: {names}",
        "{n} subnets of {vpc} are cut off: {names}",
        len(cut),
        vpc=found.where.vpc_id,
        names=_some(cut),
    )
    if found.instances:
        yield plural(
            "{n} instance runs there: {names}",
            "{n} instances run there: {names}",
            len(found.instances),
            names=_some([one.name or one.id for one in found.instances]),
        )
    else:
        yield words("no instance runs there")
    if narrowed := _named(steps, narrow_group.NARROW_NAME):
        yield plural(
            "{n} Auto Scaling group launches only in other zones meanwhile: {names}",
            "{n} Auto Scaling groups launch only in other zones meanwhile: {names}",
            len(narrowed),
            names=_some(narrowed),
        )
    if shifted := _named(steps, shift_zone.SHIFT_NAME):
        yield plural(
            "the traffic of {n} load balancer is shifted to other zones: {names}",
            "the traffic of {n} load balancers is shifted to other zones: {names}",
            len(shifted),
            names=_some(shifted),
        )


def _returns(steps: Sequence[Step], lasts: timedelta) -> Iterator[Words]:
    """Who holds the way back of the shifts; of the rest `_timers` says it."""
    if _named(steps, shift_zone.SHIFT_NAME):
        yield words(
            "AWS itself ends the shifts after {much}, also when toban is not alive",
            much=lasts + shift_zone.LATER,
        )


def _hides() -> Iterator[Words]:
    """What nobody sees in the steps."""
    yield words("what runs in one subnet still reaches itself: network ACLs stand between subnets")
    yield words("NAT gateways and endpoints in these subnets are cut off for whoever goes through them")
    yield words("toban itself must not run there, nor reach AWS by way of these subnets")


def replaced(found: Found, one: Group) -> tuple[Words, ...]:
    """What of a group is not undone."""
    there = found.of(one)
    if not there:
        return ()
    return (
        plural(
            "{n} instance of it in {zone} may be found unhealthy and replaced in another zone, for good",
            "{n} instances of it in {zone} may be found unhealthy and replaced in other zones, for good",
            there,
            zone=found.where.zone,
        ),
    )


def stuck(found: Found, groups: Sequence[Group]) -> Words:
    """Why it is not done: these groups would have no subnet left."""
    return words(
        "{groups} launch in {zone} only, and cannot be narrowed. With --anyway they are left as they are, and"
        " what they launch meanwhile is cut off.",
        groups=_some([one.name for one in groups]),
        zone=found.where.zone,
    )


def _named(steps: Iterable[Step], action: str) -> list[str]:
    return [step.target.name or step.target.id for step in steps if step.action == action]


def _some(names: Sequence[str]) -> str:
    return ", ".join((*names[:SHOWN], "…") if len(names) > SHOWN else names)
