"""Delete security groups that nothing uses: what a failure test, or a lab, left behind."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from aws import interface, security_group
from aws.account import Place
from aws.security_group import SecurityGroup
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.plan import Fields, Resource, Step
from bot.words import words
from commands.reading import fields

NAME = "failover.remove-group"
FREE, USED, DELETED = fields(state="free"), fields(state="in use"), fields(state="deleted")


def step(place: Place, one: SecurityGroup, *, needs: tuple[str, ...] = ()) -> Step:
    """The deletion of one, after what still uses it is gone."""
    return Step(
        key=f"{NAME}/{place.account}/{place.region}/{one.id}",
        action=NAME,
        target=resource(place, one),
        before=FREE,
        after=DELETED,
        needs=needs,
    )


def resource(place: Place, one: SecurityGroup) -> Resource:
    """A security group as a step's target."""
    return Resource(place.account, place.region, "security-group", one.id, one.name, one.tags.pairs)


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """Whether each is there, and some interface has it."""
    ids = sorted({step.target.id for step in steps})
    ec2 = world.aws.ec2(place)
    used = {group for one in interface.find(ec2, group_ids=ids) for group in one.group_ids}
    there = {one.id for one in security_group.find(ec2, ids=ids)}
    return {step.key: _shown(step.target.id, there, used) for step in steps}


def _shown(id_: str, there: set[str], used: set[str]) -> Fields:
    return DELETED if id_ not in there else USED if id_ in used else FREE


def call(world: World, batch: Batch) -> Called:
    """DeleteSecurityGroup of one."""
    (step,) = batch.steps
    return Called(security_group.delete(world.aws.ec2(batch.place), step.target.id))


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """Deleted is what EC2 no longer lists."""
    ids = sorted({one.step.target.id for one in sent})
    there = {one.id for one in security_group.find(world.aws.ec2(place), ids=ids)}
    gone, still = words("it is deleted"), words("it is still there")
    return {
        one.step.key: Seen(Sight.COMING, still) if one.step.target.id in there else Seen(Sight.REACHED, gone)
        for one in sent
    }


REMOVE_GROUP = Action(
    name=NAME,
    risk=Risk.DESTROY,
    replay=Replay.REPEATABLE,
    iam=("ec2:DeleteSecurityGroup", "ec2:DescribeNetworkInterfaces", "ec2:DescribeSecurityGroups"),
    look=look,
    call=call,
    watch=watch,
    within=timedelta(minutes=2),
)
