"""Cut a subnet off, by a network ACL that denies everything, and put it back under its own.

The way back knows the ACL that held before, which is committed with the plan, and looks for the subnet's
association as it is then: each replacement gives it another id.

toban dies before the cut's call is committed: the subnet is as it was, and the way back has nothing to do.
After that, until its answer is: the subnet may be cut; the next start looks, and either finds it cut or
cuts it. Later: the way back is a row, made when its time comes. The same for the way back's own call: the
subnet is looked at, and is either under its own ACL, or put there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from aws import network_acl
from aws.account import Place
from aws.errors import NotFound
from aws.network_acl import NetworkAcl
from aws.prepared import Prepared
from aws.subnet import Subnet
from bot.command import WAY_BACK, Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.plan import Fields, Resource, Step
from bot.words import Words, words
from commands.changes.make_deny_acl import is_one
from commands.reading import fields

CUT_NAME, RESTORE_NAME = "failover.cut-subnet", "failover.restore-subnet"
CUT_OFF = "cut off"  # in the field `acl`: under an ACL that a drill made
READS = ("ec2:DescribeNetworkAcls",)


def cutting(
    place: Place,
    one: Subnet,
    acl: NetworkAcl,
    *,
    made: Step,
    needs: tuple[str, ...] = (),
    warnings: tuple[Words, ...] = (),
) -> Step:
    """Nothing in and nothing out of a subnet, by the ACL that a step makes; `acl` is its own."""
    return Step(
        key=f"{CUT_NAME}/{place.account}/{place.region}/{one.id}",
        action=CUT_NAME,
        target=resource(place, one),
        before=fields(acl=acl.id),
        after=fields(acl=CUT_OFF),
        inputs=fields(made=made.key),
        needs=(made.key, *needs),
        warnings=warnings,
    )


def restoring(cut: Step, lasts: timedelta) -> Step:
    """Its way back, after so long."""
    return Step(
        key=cut.key.replace(CUT_NAME, RESTORE_NAME, 1),
        action=RESTORE_NAME,
        target=cut.target,
        before=cut.after,
        after=cut.before,
        undoes=cut.key,
        after_a_while=lasts,
    )


def prepared(_world: World, back: Step) -> Prepared:
    """The way back's call, for AWS to make, but for the association: the cut gives it another id."""
    return Prepared("ec2", "ReplaceNetworkAclAssociation", {"NetworkAclId": dict(back.after)["acl"]})


def completed(world: World, place: Place, subnet_id: str, call: Prepared) -> Prepared:
    """The same with the association as it is now, once the subnet is cut.  Raises AwsError."""
    acl = network_acl.of_subnets(world.aws.ec2(place), [subnet_id]).get(subnet_id)
    if acl is None:
        raise NotFound(f"looking for the network ACL of {subnet_id}", network_acl.gone(subnet_id))
    return replace(call, given={**call.given, "AssociationId": dict(acl.associations)[subnet_id]})


def resource(place: Place, one: Subnet) -> Resource:
    """A subnet as a step's target."""
    return Resource(place.account, place.region, "subnet", one.id, one.tags.name, one.tags.pairs)


# -- both as actions -----------------------------------------------------------------------------------


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """Under which ACL each subnet is now; a subnet that is gone is absent."""
    found = network_acl.of_subnets(world.aws.ec2(place), [step.target.id for step in steps])
    return {step.key: shown(found[step.target.id]) for step in steps if step.target.id in found}


def shown(acl: NetworkAcl) -> Fields:
    """A subnet's ACL as steps declare it.  Pure."""
    return fields(acl=CUT_OFF if is_one(acl) else acl.id)


def cut(world: World, batch: Batch) -> Called:
    """ReplaceNetworkAclAssociation, of the association as it is now, with the ACL that was made."""
    (step,) = batch.steps
    acl_id = batch.results[dict(step.inputs)["made"]]
    return Called(network_acl.put_under(world.aws.ec2_once(batch.place), step.target.id, acl_id))


def restore(world: World, batch: Batch) -> Called:
    """ReplaceNetworkAclAssociation, of the association as it is now, with the ACL that held before."""
    (step,) = batch.steps
    acl_id = dict(step.after)["acl"]
    return Called(network_acl.put_under(world.aws.ec2_once(batch.place), step.target.id, acl_id))


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """It is so when EC2 shows the subnet under that ACL."""
    shows = look(world, place, [one.step for one in sent])
    return {one.step.key: _seen(one.step, shows[one.step.key]) for one in sent if one.step.key in shows}


def _seen(step: Step, shows: Fields) -> Seen:
    acl = dict(shows)["acl"]
    said = words("nothing gets in or out") if acl == CUT_OFF else words("it is under {acl}", acl=acl)
    return Seen(Sight.REACHED if shows == step.after else Sight.COMING, said)


CUT = Action(
    name=CUT_NAME,
    risk=Risk.CHANGE,
    replay=Replay.REPEATABLE,
    iam=(*READS, "ec2:ReplaceNetworkAclAssociation"),
    look=look,
    call=cut,
    watch=watch,
    every=timedelta(seconds=1),
    within=timedelta(minutes=2),
)
RESTORE = Action(
    name=RESTORE_NAME,
    risk=Risk.CHANGE,
    replay=Replay.REPEATABLE,
    iam=(*READS, "ec2:ReplaceNetworkAclAssociation"),
    look=look,
    call=restore,
    watch=watch,
    every=timedelta(seconds=1),
    within=WAY_BACK,
    whatever_happens=True,
)
