"""Make a network ACL that denies everything, for a drill, and delete it behind the drill.

toban dies before the making's call is committed: there is nothing. After that, until its answer is: the
next start looks for the call's token among tags, and AWS knows the second call by it, so there is one ACL
at most. Later: the ACL is there, and holds for no subnet until a step puts one under it. The deletion finds
it by what the making answered or, where that is not known, by its tags; asked twice it finds nothing to
delete. While a subnet is still under it AWS refuses, and it is asked again.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from aws import network_acl
from aws.account import Place
from aws.network_acl import NetworkAcl
from bot.command import WAY_BACK, Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.plan import Fields, Resource, Step
from bot.words import words
from commands.generations.tags import KIND, MADE_BY, TOKEN, is_ours
from commands.reading import fields

MAKE_NAME, DELETE_NAME = "failover.make-acl", "failover.delete-acl"
DENIES = "deny-acl"  # what it is, in the tag KIND
ZONE = "toban:zone"  # a tag of it
NONE, THERE, GONE = fields(acl="none"), fields(acl="there"), fields(acl="gone")


def making(place: Place, vpc_id: str, zone: str, *, tags: Fields, needs: tuple[str, ...] = ()) -> Step:
    """An ACL for the subnets of a zone; the target has the tags that all of these have."""
    return Step(
        key=f"{MAKE_NAME}/{place.account}/{place.region}/{vpc_id}/{zone}",
        action=MAKE_NAME,
        target=Resource(place.account, place.region, "vpc", vpc_id, zone, tags),
        before=NONE,
        after=THERE,
        inputs=fields(zone=zone),
        needs=needs,
    )


def deleting(made: Step, follows: Sequence[Step]) -> Step:
    """Its way back, once every subnet is under its own again."""
    return Step(
        key=made.key.replace(MAKE_NAME, DELETE_NAME, 1),
        action=DELETE_NAME,
        target=made.target,
        before=THERE,
        after=GONE,
        inputs=made.inputs,
        follows=tuple(one.key for one in follows),
        undoes=made.key,
    )


def is_one(acl: NetworkAcl) -> bool:
    """Whether an ACL was made for a drill."""
    return is_ours(acl.tags, DENIES)


# -- the making as an action ---------------------------------------------------------------------------


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """Whether each VPC is there; it has no such ACL before it is made, since others' do not count."""
    vpcs = sorted({step.target.id for step in steps})
    there = {one.vpc_id for one in network_acl.find(world.aws.ec2(place), vpc_ids=vpcs)}
    return {step.key: NONE for step in steps if step.target.id in there}


def call(world: World, batch: Batch) -> Called:
    """CreateNetworkAcl, tagged at once."""
    (step,) = batch.steps
    zone = dict(step.inputs)["zone"]
    ours = {KIND: DENIES, MADE_BY: str(batch.operation), TOKEN: batch.token, ZONE: zone}
    name = {"Name": f"toban #{batch.operation}: cuts {zone} off"}
    ec2 = world.aws.ec2_once(batch.place)
    made = network_acl.create(ec2, step.target.id, tags=ours | name, token=batch.token)
    return Called(made.request_id, {step.key: made.id})


def find(world: World, batch: Batch) -> Called | None:
    """The ACL that carries this call's token."""
    (step,) = batch.steps
    tags = [(TOKEN, batch.token)]
    found = tuple(network_acl.find(world.aws.ec2(batch.place), vpc_ids=[step.target.id], tags=tags))
    return Called("", {step.key: found[0].id}) if found else None


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """It is there when EC2 lists it, without a rule that allows anything."""
    found = _listed(world, place, sent)
    return {one.step.key: _seen(found.get(one.result)) for one in sent}


def _listed(world: World, place: Place, sent: Sequence[Sent]) -> dict[str, NetworkAcl]:
    vpcs = sorted({one.step.target.id for one in sent})
    return {one.id: one for one in network_acl.find(world.aws.ec2(place), vpc_ids=vpcs)}


def _seen(one: NetworkAcl | None) -> Seen:
    if one is None:
        return Seen(Sight.COMING, words("the network ACL is not there yet"))
    if not one.denies_all:
        return Seen(Sight.FAILED, words("{id} lets something through", id=one.id))
    return Seen(Sight.REACHED, words("{id} denies everything", id=one.id))


MAKE_DENY_ACL = Action(
    name=MAKE_NAME,
    risk=Risk.CHANGE,
    replay=Replay.BY_TAG,
    iam=("ec2:CreateNetworkAcl", "ec2:CreateTags", "ec2:DescribeNetworkAcls"),
    look=look,
    call=call,
    watch=watch,
    find=find,
    every=timedelta(seconds=1),
    within=timedelta(minutes=2),
)


# -- the deletion as an action -------------------------------------------------------------------------


def look_for_it(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """Whether each VPC has an ACL for that zone, of whatever drill: the call knows whose."""
    vpcs = sorted({step.target.id for step in steps})
    found = network_acl.find(world.aws.ec2(place), vpc_ids=vpcs, tags=[(KIND, DENIES)])
    there = {(one.vpc_id, one.tags.get(ZONE, "")) for one in found}
    return {
        step.key: THERE if (step.target.id, dict(step.inputs)["zone"]) in there else GONE for step in steps
    }


def delete(world: World, batch: Batch) -> Called:
    """DeleteNetworkAcl of what this very operation made."""
    (step,) = batch.steps
    ec2, known = world.aws.ec2(batch.place), batch.results.get(step.undoes, "")
    ids = [known] if known else _made_by(world, batch, step)
    requests = [network_acl.delete(ec2, id_) for id_ in ids]
    return Called(next(filter(None, requests), ""), {step.key: ids[0]} if ids else {})


def _made_by(world: World, batch: Batch, step: Step) -> list[str]:
    tags = [(KIND, DENIES), (MADE_BY, str(batch.operation)), (ZONE, dict(step.inputs)["zone"])]
    found = network_acl.find(world.aws.ec2(batch.place), vpc_ids=[step.target.id], tags=tags)
    return [one.id for one in found]


def watch_it_go(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """It is gone when EC2 lists it no more."""
    found = _listed(world, place, sent)
    gone = Seen(Sight.REACHED, words("the network ACL is gone"))
    still = Seen(Sight.COMING, words("the network ACL is still there"))
    return {one.step.key: still if one.result in found else gone for one in sent}


DELETE_DENY_ACL = Action(
    name=DELETE_NAME,
    risk=Risk.CHANGE,
    replay=Replay.REPEATABLE,
    iam=("ec2:DeleteNetworkAcl", "ec2:DescribeNetworkAcls"),
    look=look_for_it,
    call=delete,
    watch=watch_it_go,
    every=timedelta(seconds=2),
    within=WAY_BACK,
    whatever_happens=True,
)
