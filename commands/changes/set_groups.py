"""Give network interfaces the security group that isolates, or those that they had before."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from aws import interface
from aws.account import Place
from aws.errors import Refused
from aws.instance import Instance
from aws.interface import Interface
from aws.said import Said
from aws.security_group import SecurityGroup
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.plan import Fields, Resource, Step
from bot.words import Words, words
from commands.changes import isolation
from commands.changes.isolation import ISOLATED
from commands.reading import fields

ISOLATE_NAME, RELEASE_NAME = "ec2.isolate", "ec2.release"
CLOSED, OPEN, MISSING = "closed", "open", "missing"
"""What the group that isolates is, in the field `gate`."""


def isolating(
    place: Place,
    one: Instance,
    its: Interface,
    *,
    needs: tuple[str, ...],
    follows: tuple[str, ...],
    warnings: tuple[Words, ...] = (),
) -> Step:
    """Nothing in and nothing out by this interface; what it had is what the step was before."""
    return Step(
        key=f"{ISOLATE_NAME}/{place.account}/{place.region}/{its.id}",
        action=ISOLATE_NAME,
        target=resource(place, one, its),
        before=fields(gate=CLOSED, groups=isolation.text(its.group_ids)),
        after=fields(groups=ISOLATED),
        inputs=fields(vpc=its.vpc_id),
        needs=needs,
        follows=follows,
        about=one.id,
        warnings=warnings,
    )


def releasing(
    place: Place, one: Instance, its: Interface, groups: Sequence[str], *, warnings: tuple[Words, ...] = ()
) -> Step:
    """Its old groups again."""
    return Step(
        key=f"{RELEASE_NAME}/{place.account}/{place.region}/{its.id}",
        action=RELEASE_NAME,
        target=resource(place, one, its),
        before=fields(groups=ISOLATED),
        after=fields(groups=isolation.text(groups)),
        inputs=fields(vpc=its.vpc_id),
        about=one.id,
        warnings=warnings,
    )


def resource(place: Place, one: Instance, its: Interface) -> Resource:
    """An interface, with the name and tags of its instance: what holds for that one holds for it."""
    return Resource(place.account, place.region, "network-interface", its.id, one.name, one.tags.pairs)


# -- both as actions -----------------------------------------------------------------------------------


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """The groups of each interface now; one Describe for all of them, and one for the groups that isolate."""
    found = {
        one.id: one for one in interface.find(world.aws.ec2(place), ids=[step.target.id for step in steps])
    }
    closing = isolation.closed(world, place, (one.vpc_id for one in found.values()))
    return {
        step.key: _shown(one, closing.get(one.vpc_id)) for step in steps if (one := found.get(step.target.id))
    }


def _shown(one: Interface, closing: SecurityGroup | None) -> Fields:
    gate = MISSING if closing is None else CLOSED if closing.is_closed else OPEN
    return fields(gate=gate, groups=isolation.shown(one.group_ids, closing))


def isolate(world: World, batch: Batch) -> Called:
    """ModifyNetworkInterfaceAttribute with the group of the VPC, as it is now."""
    (step,) = batch.steps
    group = _closed(world, batch.place, dict(step.inputs)["vpc"])
    return Called(interface.set_groups(world.aws.ec2(batch.place), step.target.id, [group.id]))


def _closed(world: World, place: Place, vpc_id: str) -> SecurityGroup:
    """The group that isolates in a VPC.  Raises Refused when it is gone, or lets something through by now."""
    group = isolation.closed(world, place, [vpc_id]).get(vpc_id)
    if group is None or not group.is_closed:
        lacks = Said(f"{vpc_id} has no security group that isolates", service="ec2")
        raise Refused(f"isolating in {vpc_id}", lacks)
    return group


def release(world: World, batch: Batch) -> Called:
    """ModifyNetworkInterfaceAttribute with the groups that it had."""
    (step,) = batch.steps
    groups = dict(step.after)["groups"].split()
    return Called(interface.set_groups(world.aws.ec2(batch.place), step.target.id, groups))


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """It is so when EC2 shows these groups."""
    shows = look(world, place, [one.step for one in sent])
    return {one.step.key: _seen(shows[one.step.key], one.step.after) for one in sent if one.step.key in shows}


def _seen(shows: Fields, wanted: Fields) -> Seen:
    groups = dict(shows)["groups"]
    said = (
        words("nothing gets in or out")
        if groups == ISOLATED
        else words("its security groups are {groups}", groups=groups)
    )
    return Seen(Sight.REACHED if set(wanted) <= set(shows) else Sight.COMING, said)


READS = ("ec2:DescribeNetworkInterfaces", "ec2:DescribeSecurityGroups")
ISOLATE = Action(
    name=ISOLATE_NAME,
    risk=Risk.CHANGE,
    replay=Replay.REPEATABLE,
    iam=(*READS, "ec2:ModifyNetworkInterfaceAttribute"),
    look=look,
    call=isolate,
    watch=watch,
    every=timedelta(seconds=2),
    within=timedelta(minutes=5),
)
RELEASE = Action(
    name=RELEASE_NAME,
    risk=Risk.CHANGE,
    replay=Replay.REPEATABLE,
    iam=(*READS, "ec2:ModifyNetworkInterfaceAttribute"),
    look=look,
    call=release,
    watch=watch,
    every=timedelta(seconds=2),
    within=timedelta(minutes=5),
)
