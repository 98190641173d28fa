"""Delete network ACLs that hold for no subnet: what a failure test left behind."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from aws import network_acl
from aws.account import Place
from aws.network_acl import NetworkAcl
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.plan import Fields, Resource, Step
from bot.words import words
from commands.reading import fields

NAME = "failover.remove-acl"
FREE, HOLDS, DELETED = fields(state="free"), fields(state="holds for subnets"), fields(state="deleted")


def step(place: Place, one: NetworkAcl) -> Step:
    """The deletion of one."""
    return Step(
        key=f"{NAME}/{place.account}/{place.region}/{one.id}",
        action=NAME,
        target=resource(place, one),
        before=FREE,
        after=DELETED,
        inputs=fields(vpc=one.vpc_id),
    )


def resource(place: Place, one: NetworkAcl) -> Resource:
    """A network ACL as a step's target."""
    return Resource(place.account, place.region, "network-acl", one.id, one.tags.name, one.tags.pairs)


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """Whether each is there, and holds for a subnet."""
    there = _there(world, place, steps)
    return {step.key: _shown(there.get(step.target.id)) for step in steps}


def _there(world: World, place: Place, steps: Sequence[Step]) -> dict[str, NetworkAcl]:
    vpcs = sorted({dict(step.inputs)["vpc"] for step in steps})
    return {one.id: one for one in network_acl.find(world.aws.ec2(place), vpc_ids=vpcs)}


def _shown(one: NetworkAcl | None) -> Fields:
    return DELETED if one is None else HOLDS if one.associations else FREE


def call(world: World, batch: Batch) -> Called:
    """DeleteNetworkAcl of one."""
    (step,) = batch.steps
    return Called(network_acl.delete(world.aws.ec2(batch.place), step.target.id))


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """Deleted is what EC2 no longer lists."""
    there = _there(world, place, [one.step for one in sent])
    gone, still = words("it is deleted"), words("it is still there")
    return {
        one.step.key: Seen(Sight.COMING, still) if one.step.target.id in there else Seen(Sight.REACHED, gone)
        for one in sent
    }


REMOVE_ACL = Action(
    name=NAME,
    risk=Risk.DESTROY,
    replay=Replay.REPEATABLE,
    iam=("ec2:DeleteNetworkAcl", "ec2:DescribeNetworkAcls"),
    look=look,
    call=call,
    watch=watch,
    within=timedelta(minutes=2),
)
