"""Keep an Auto Scaling group from moving its instances between zones (AZRebalance), and let it again.

Suspended only where it was active, and only there resumed: what somebody suspended before stays so.

toban dies before the suspension's call is committed: the process is active. After that, until its answer
is: it may be suspended; the same call again does no harm. Later: the way back is a row, made behind that of
the group's subnets, and its own call may be repeated as well. Source: "Suspend and resume Amazon EC2 Auto
Scaling processes".
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from aws import autoscaling_process
from aws.account import Place
from aws.autoscaling_group import Group
from aws.prepared import Prepared
from bot.command import WAY_BACK, Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.plan import Fields, Step
from bot.words import words
from commands.changes import narrow_group
from commands.changes.narrow_group import READS
from commands.reading import fields

SUSPEND_NAME, RESUME_NAME = "failover.suspend-rebalance", "failover.resume-rebalance"
PROCESS = "AZRebalance"
ACTIVE, SUSPENDED = fields(rebalance="active"), fields(rebalance="suspended")


def suspending(place: Place, one: Group, *, needs: tuple[str, ...] = ()) -> Step:
    """Its instances stay where they are."""
    return Step(
        key=f"{SUSPEND_NAME}/{place.account}/{place.region}/{one.name}",
        action=SUSPEND_NAME,
        target=narrow_group.resource(place, one),
        before=ACTIVE,
        after=SUSPENDED,
        needs=needs,
    )


def is_active(one: Group) -> bool:
    """Whether a group moves instances between zones by itself.  Pure."""
    return PROCESS not in one.suspended


def resuming(suspended: Step, *, follows: Step) -> Step:
    """Its way back, behind that of the group's subnets: else all would be moved out of the zone."""
    return Step(
        key=suspended.key.replace(SUSPEND_NAME, RESUME_NAME, 1),
        action=RESUME_NAME,
        target=suspended.target,
        before=SUSPENDED,
        after=ACTIVE,
        follows=(follows.key,),
        undoes=suspended.key,
    )


def prepared(_world: World, back: Step) -> Prepared:
    """The way back's call, for AWS to make."""
    given = {"AutoScalingGroupName": back.target.id, "ScalingProcesses": [PROCESS]}
    return Prepared("autoscaling", "ResumeProcesses", given)


# -- both as actions -----------------------------------------------------------------------------------


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """Whether the process of each group is suspended now."""
    found = narrow_group.of_steps(world, place, steps)
    return {key: ACTIVE if is_active(one) else SUSPENDED for key, one in found.items()}


def suspend(world: World, batch: Batch) -> Called:
    """SuspendProcesses of the one."""
    (step,) = batch.steps
    return Called(autoscaling_process.suspend(world.aws.autoscaling(batch.place), step.target.id, [PROCESS]))


def resume(world: World, batch: Batch) -> Called:
    """ResumeProcesses of the one."""
    (step,) = batch.steps
    return Called(autoscaling_process.resume(world.aws.autoscaling(batch.place), step.target.id, [PROCESS]))


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """It is so when Auto Scaling says so."""
    shows = look(world, place, [one.step for one in sent])
    return {one.step.key: _seen(one.step, shows[one.step.key]) for one in sent if one.step.key in shows}


def _seen(step: Step, shows: Fields) -> Seen:
    said = (
        words("it moves instances between zones again")
        if shows == ACTIVE
        else words("it moves no instances between zones")
    )
    return Seen(Sight.REACHED if shows == step.after else Sight.COMING, said)


SUSPEND = Action(
    name=SUSPEND_NAME,
    risk=Risk.CHANGE,
    replay=Replay.REPEATABLE,
    iam=(*READS, "autoscaling:SuspendProcesses"),
    look=look,
    call=suspend,
    watch=watch,
    every=timedelta(seconds=1),
    within=timedelta(minutes=2),
)
RESUME = Action(
    name=RESUME_NAME,
    risk=Risk.CHANGE,
    replay=Replay.REPEATABLE,
    iam=(*READS, "autoscaling:ResumeProcesses"),
    look=look,
    call=resume,
    watch=watch,
    every=timedelta(seconds=1),
    within=WAY_BACK,
    whatever_happens=True,
)
