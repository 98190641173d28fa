"""Give Elastic IP addresses back that belong to nothing."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from aws import address
from aws.account import Place
from aws.address import Address
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.plan import Fields, Resource, Step
from bot.words import Words, words
from commands.reading import fields

NAME = "address.release"
FREE, USED, RELEASED = "free", "in use", "released"


def step(place: Place, one: Address, *, warnings: tuple[Words, ...] = ()) -> Step:
    """The release of one address."""
    return Step(
        key=f"{NAME}/{place.account}/{place.region}/{one.id}",
        action=NAME,
        target=resource(place, one),
        before=fields(address=one.ip, state=FREE),
        after=fields(state=RELEASED),
        warnings=warnings,
    )


def resource(place: Place, one: Address) -> Resource:
    """An address as a step's target; by the address itself where it has no name."""
    return Resource(place.account, place.region, "address", one.id, one.name or one.ip, one.tags.pairs)


# -- the release as an action --------------------------------------------------------------------------


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """Whether each is still there, and still belongs to nothing."""
    there = _there(world, place, [step.target.id for step in steps])
    return {step.key: _shown(there.get(step.target.id)) for step in steps}


def _there(world: World, place: Place, ids: Sequence[str]) -> dict[str, Address]:
    return {one.id: one for one in address.find(world.aws.ec2(place), ids=ids)}


def _shown(one: Address | None) -> Fields:
    if one is None:
        return fields(state=RELEASED)
    return fields(address=one.ip, state=USED if one.is_used else FREE)


def call(world: World, batch: Batch) -> Called:
    """ReleaseAddress of one."""
    (step,) = batch.steps
    return Called(address.release(world.aws.ec2(batch.place), step.target.id))


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """Released is what EC2 no longer lists."""
    there = _there(world, place, [one.step.target.id for one in sent])
    released, still = words("it is released"), words("it is still there")
    return {
        one.step.key: Seen(Sight.COMING, still)
        if one.step.target.id in there
        else Seen(Sight.REACHED, released)
        for one in sent
    }


RELEASE = Action(
    name=NAME,
    risk=Risk.DESTROY,
    replay=Replay.REPEATABLE,
    iam=("ec2:DescribeAddresses", "ec2:ReleaseAddress"),
    look=look,
    call=call,
    watch=watch,
    within=timedelta(minutes=2),
)
