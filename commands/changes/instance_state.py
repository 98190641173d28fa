"""An instance's state as the changes of it declare it, and see it again."""

from collections.abc import Mapping, Sequence

from aws import instance
from aws.account import Place
from aws.instance import Instance
from bot.command import Sent, World
from bot.plan import Fields, Step
from commands.reading import fields

GROUP_TAG = "aws:autoscaling:groupName"  # "Tag Auto Scaling groups and instances", EC2 Auto Scaling guide


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """The state of each step's instance now; one Describe for all of them."""
    found = instance.find(world.aws.ec2(place), ids=[step.target.id for step in steps])
    states = {one.id: one.state for one in found}
    return {step.key: fields(state=states[step.target.id]) for step in steps if step.target.id in states}


def of_sent(world: World, place: Place, sent: Sequence[Sent]) -> dict[str, Instance]:
    """The instance of each step that was sent, by the step's key; a key that is missing: it is gone."""
    there = {one.id: one for one in instance.find(world.aws.ec2(place), ids=[s.step.target.id for s in sent])}
    return {s.step.key: there[s.step.target.id] for s in sent if s.step.target.id in there}
