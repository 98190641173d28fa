"""Cause: a network interface of the instance is gone or on its way off."""

from aws.anatomy import Anatomy
from bot.words import words
from commands.diagnosis.facts import Facts
from commands.diagnosis.finding import Finding

_GOOD = {"attached", "attaching"}


def cause(facts: Facts) -> Finding | None:
    """Whether it lacks what it reaches the network by."""
    return problem(facts.body, in_vpc=bool(facts.one.vpc_id)) if facts.one.state != "terminated" else None


def problem(body: Anatomy, *, in_vpc: bool) -> Finding | None:
    """What is wrong with its interfaces; EC2-Classic had none."""
    if in_vpc and 0 not in {one.index for one in body.interfaces}:
        return Finding(
            words("{id} has no primary network interface", id=body.id),
            words("make an image of it and run a new instance: a primary interface cannot be attached again"),
            short="no primary interface",
        )
    for one in body.interfaces:
        if one.status not in _GOOD:
            return Finding(
                words("its network interface {interface} is {state}", interface=one.id, state=one.status),
                words("attach {interface} again, or take it off for good", interface=one.id),
                short=f"{one.id} {one.status}",
            )
    return None
