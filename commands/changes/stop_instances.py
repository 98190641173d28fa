"""Stop EC2 instances; their disks and addresses stay."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from aws import instance
from aws.account import Place
from aws.instance import Instance
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.plan import Step
from bot.words import Words, words
from commands import instances
from commands.changes import instance_state
from commands.reading import fields

NAME = "ec2.stop"


def step(
    place: Place,
    one: Instance,
    *,
    within: timedelta | None = None,
    warnings: tuple[Words, ...] = (),
) -> Step:
    """Stop one instance that runs."""
    return Step(
        key=f"{NAME}/{place.account}/{place.region}/{one.id}",
        action=NAME,
        target=instances.resource(place, one),
        before=fields(state="running"),
        after=fields(state="stopped"),
        within=within,
        warnings=warnings,
    )


def call(world: World, batch: Batch) -> Called:
    """Ask EC2 to stop the instances of this batch."""
    ids = [step.target.id for step in batch.steps]
    return Called(instance.stop(world.aws.ec2(batch.place), ids).request_id)


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """Stopped is what EC2 shows as stopped."""
    return {key: _seen(one.state) for key, one in instance_state.of_sent(world, place, sent).items()}


def _seen(state: str) -> Seen:
    shows = words("it is {state}", state=state)
    match state:
        case "stopped":
            return Seen(Sight.REACHED, shows)
        case "terminated" | "shutting-down":
            return Seen(Sight.FAILED, shows)
        case _:
            return Seen(Sight.COMING, shows)


STOP = Action(
    name=NAME,
    risk=Risk.CHANGE,
    replay=Replay.REPEATABLE,
    iam=("ec2:StopInstances", "ec2:DescribeInstances"),
    look=instance_state.look,
    call=call,
    watch=watch,
    most=200,
    within=timedelta(minutes=10),
)
