"""Terminate instances that were made for a test or a lab, running or stopped."""

from collections.abc import Mapping, Sequence

from aws import instance
from aws.account import Place
from aws.instance import Instance
from bot.command import Action, Replay, Risk, World
from bot.plan import Fields, Step
from bot.words import words
from commands import instances
from commands.changes import break_instance
from commands.reading import fields

NAME = "failover.remove-instance"
_GONE = ("shutting-down", "terminated")


def step(place: Place, one: Instance) -> Step:
    """The end of one instance, as which it is there now."""
    return Step(
        key=f"{NAME}/{place.account}/{place.region}/{one.id}",
        action=NAME,
        target=instances.resource(place, one),
        before=fields(state=one.state),
        after=fields(state="terminated"),
        warnings=(words("cannot be undone: it is terminated, and so are its volumes that go with it"),),
    )


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """What each is now; what is about to be gone counts as gone."""
    found = instance.find(world.aws.ec2(place), ids=sorted({step.target.id for step in steps}))
    now = {one.id: "terminated" if one.state in _GONE else one.state for one in found}
    return {step.key: fields(state=now[step.target.id]) for step in steps if step.target.id in now}


REMOVE_INSTANCE = Action(
    name=NAME,
    risk=Risk.DESTROY,
    replay=Replay.REPEATABLE,
    iam=("ec2:DescribeInstances", "ec2:TerminateInstances"),
    look=look,
    call=break_instance.terminate,
    watch=break_instance.watch_end,
    most=50,
)
