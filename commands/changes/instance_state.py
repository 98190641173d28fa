"""An instance's state as the changes of it declare it, and see it again."""

from collections.abc import Mapping, Sequence

from aws import instance
from aws.account import Place
from aws.instance import Instance
from bot.command import Sent, World
from bot.plan import Fields, Step
from commands.reading import fields

GROUP_TAG = "aws:autoscaling:groupName"  # "Tag Auto Scaling groups and instances", EC2 Auto Scaling guide

REFUSED, ACCEPTED = "refused", "accepted"
_START = {"stopped": REFUSED, "pending": ACCEPTED, "running": ACCEPTED}
"""How an instance that somebody wanted to start shows that EC2 did, or did not, take that on."""


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """What each step's instance is now; one Describe for all of them."""
    found = instance.find(world.aws.ec2(place), ids=sorted({step.target.id for step in steps}))
    now = {one.id: _fields(one) for one in found}
    return {step.key: now[step.target.id] for step in steps if step.target.id in now}


def _fields(one: Instance) -> Fields:
    return fields(state=one.state, type=one.type, start=_START.get(one.state, "–"))


def of_sent(world: World, place: Place, sent: Sequence[Sent]) -> dict[str, Instance]:
    """The instance of each step that was sent, by the step's key; a key that is missing: it is gone."""
    ids = sorted({one.step.target.id for one in sent})
    there = {one.id: one for one in instance.find(world.aws.ec2(place), ids=ids)}
    return {one.step.key: there[one.step.target.id] for one in sent if one.step.target.id in there}
