"""Delete load balancers that send to nobody."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from aws import balancer
from aws.account import Place
from aws.balancer import Balancer
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.plan import Fields, Step
from bot.words import Words, words
from commands import balancers
from commands.balancers import READS, Use
from commands.reading import fields

NAME = "balancer.delete"
DELETED = fields(state="deleted")


def step(place: Place, one: Balancer, *, warnings: tuple[Words, ...] = ()) -> Step:
    """The deletion of one load balancer."""
    return Step(
        key=f"{NAME}/{place.account}/{place.region}/{one.name}",
        action=NAME,
        target=balancers.resource(place, one),
        before=fields(state="there", targets="none"),
        after=DELETED,
        inputs=fields(arn=one.arn),
        warnings=warnings,
    )


# -- the deletion as an action -------------------------------------------------------------------------


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """Whether each is still there, as the one that was meant, and still sends to nobody."""
    arns = [dict(step.inputs)["arn"] for step in steps]
    there = {one.balancer.arn: one for one in balancers.in_place(world, place, arns=arns)}
    return {step.key: _shown(there.get(dict(step.inputs)["arn"])) for step in steps}


def _shown(one: Use | None) -> Fields:
    if one is None:
        return DELETED
    return fields(state="there", targets="some" if one.registered else "none")


def call(world: World, batch: Batch) -> Called:
    """DeleteLoadBalancer of one; its target groups stay."""
    (step,) = batch.steps
    return Called(balancer.delete(world.aws.elbv2(batch.place), dict(step.inputs)["arn"]))


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """Deleted is what Elastic Load Balancing no longer lists."""
    there = {one.arn for one in balancer.find(world.aws.elbv2(place))}
    deleted, still = words("it is deleted"), words("it is still there")
    return {
        one.step.key: Seen(Sight.COMING, still)
        if dict(one.step.inputs)["arn"] in there
        else Seen(Sight.REACHED, deleted)
        for one in sent
    }


DELETE_BALANCER = Action(
    name=NAME,
    risk=Risk.DESTROY,
    replay=Replay.REPEATABLE,
    iam=("elasticloadbalancing:DeleteLoadBalancer", *READS),
    look=look,
    call=call,
    watch=watch,
    within=timedelta(minutes=5),
)
