"""Make the security group of a VPC that isolates, and take its rules away: nothing gets in, nothing out."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from aws import security_group
from aws.account import Place
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.plan import Fields, Resource, Step
from bot.words import words
from commands.changes import isolation
from commands.generations.tags import MADE_BY, TOKEN
from commands.reading import fields

MAKE_NAME, CLOSE_NAME = "ec2.isolation-group", "ec2.close-group"
NONE, THERE = fields(group="none"), fields(group="there")
OPEN, CLOSED = fields(rules="some"), fields(rules="none")
SAID = "Made by toban: isolates instances, so it must have no rule"


def making(place: Place, vpc_id: str) -> Step:
    """The group of a VPC that has none."""
    return Step(
        key=f"{MAKE_NAME}/{place.account}/{place.region}/{vpc_id}",
        action=MAKE_NAME,
        target=_vpc(place, vpc_id),
        before=NONE,
        after=THERE,
    )


def closing(place: Place, vpc_id: str, *, needs: tuple[str, ...] = ()) -> Step:
    """No rule any more in a VPC's group."""
    return Step(
        key=f"{CLOSE_NAME}/{place.account}/{place.region}/{vpc_id}",
        action=CLOSE_NAME,
        target=_vpc(place, vpc_id),
        before=OPEN,
        after=CLOSED,
        needs=needs,
    )


def _vpc(place: Place, vpc_id: str) -> Resource:
    return Resource(place.account, place.region, "vpc", vpc_id, isolation.GROUP)


# -- the group as an action ----------------------------------------------------------------------------


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """Whether each VPC has one by now."""
    there = isolation.closed(world, place, (step.target.id for step in steps))
    return {step.key: THERE if step.target.id in there else NONE for step in steps}


def call(world: World, batch: Batch) -> Called:
    """CreateSecurityGroup, tagged at once."""
    (step,) = batch.steps
    made = security_group.create(
        world.aws.ec2_once(batch.place),
        isolation.GROUP,
        vpc_id=step.target.id,
        description=SAID,
        tags={isolation.MARK: "yes", MADE_BY: str(batch.operation), TOKEN: batch.token},
    )
    return Called(made.request_id, {step.key: made.id})


def find(world: World, batch: Batch) -> Called | None:
    """The group that carries this call's token."""
    (step,) = batch.steps
    tags = [(TOKEN, batch.token)]
    found = tuple(security_group.find(world.aws.ec2(batch.place), vpc_ids=[step.target.id], tags=tags))
    return Called("", {step.key: found[0].id}) if found else None


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """It is there when EC2 lists it for its VPC."""
    there = isolation.closed(world, place, (one.step.target.id for one in sent))
    coming = Seen(Sight.COMING, words("the security group is not there yet"))
    return {
        one.step.key: Seen(Sight.REACHED, words("the security group {id} is there", id=found.id))
        if (found := there.get(one.step.target.id))
        else coming
        for one in sent
    }


MAKE_ISOLATION = Action(
    name=MAKE_NAME,
    risk=Risk.CHANGE,
    replay=Replay.BY_TAG,
    iam=("ec2:CreateSecurityGroup", "ec2:CreateTags", "ec2:DescribeSecurityGroups"),
    look=look,
    call=call,
    watch=watch,
    find=find,
    every=timedelta(seconds=2),
    within=timedelta(minutes=5),
)


# -- its rules as an action ----------------------------------------------------------------------------


def look_at_rules(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """Whether each VPC's group has rules."""
    there = isolation.closed(world, place, (step.target.id for step in steps))
    return {
        step.key: CLOSED if there[step.target.id].is_closed else OPEN
        for step in steps
        if step.target.id in there
    }


def close(world: World, batch: Batch) -> Called:
    """Revoke every rule that there is now; none is none."""
    (step,) = batch.steps
    group = isolation.closed(world, batch.place, [step.target.id]).get(step.target.id)
    return Called(security_group.close(world.aws.ec2(batch.place), group) if group else "")


def watch_rules(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """It is closed when EC2 shows no rule."""
    shows = look_at_rules(world, place, [one.step for one in sent])
    reached = Seen(Sight.REACHED, words("it lets nothing in and nothing out"))
    coming = Seen(Sight.COMING, words("it still has rules"))
    return {key: reached if seen == CLOSED else coming for key, seen in shows.items()}


CLOSE_GROUP = Action(
    name=CLOSE_NAME,
    risk=Risk.CHANGE,
    replay=Replay.REPEATABLE,
    iam=(
        "ec2:DescribeSecurityGroups",
        "ec2:RevokeSecurityGroupEgress",
        "ec2:RevokeSecurityGroupIngress",
    ),
    look=look_at_rules,
    call=close,
    watch=watch_rules,
    every=timedelta(seconds=2),
    within=timedelta(minutes=5),
)
