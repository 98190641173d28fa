"""Start EC2 instances; started is what runs and has passed its status checks, and is healthy where asked."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from aws import instance
from aws.account import Place
from aws.instance import Instance, Status
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.plan import Step
from bot.words import Words, plural, words
from commands import instances
from commands.changes import instance_checks, instance_state
from commands.changes.instance_checks import Health
from commands.diagnosis import gather
from commands.diagnosis.instance import explain
from commands.reading import fields

NAME = "ec2.start"
SCARCE = frozenset({"InsufficientInstanceCapacity"})
"""Refusals that say only "none left now": "Error codes for the Amazon EC2 API"."""
_BY_AWS = ("Client.InternalError", "Client.Volume", "Client.InvalidSnapshot", "Server.")
"""Reasons that only AWS gives: "State reason codes" in "Instance state reason codes", EC2 user guide."""


def step(
    place: Place,
    one: Instance,
    *,
    within: timedelta | None = None,
    groups: Sequence[str] = (),
    warnings: tuple[Words, ...] = (),
) -> Step:
    """Start one instance that is stopped; it shall be healthy in these target groups, named by their ARNs."""
    return Step(
        key=f"{NAME}/{place.account}/{place.region}/{one.id}",
        action=NAME,
        target=instances.resource(place, one),
        before=fields(state="stopped"),
        after=fields(state="running"),
        inputs=fields(groups=" ".join(groups)) if groups else (),
        within=within,
        warnings=warnings,
    )


def call(world: World, batch: Batch) -> Called:
    """Ask EC2 to start the instances of this batch; what is scarce is not asked for again at once."""
    ids = [step.target.id for step in batch.steps]
    return Called(instance.start(world.aws.ec2_once(batch.place), ids).request_id)


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """Started is what runs and has passed every check: StartInstances answers long before.

    The checks come with the state; only of what does not come up EC2 is asked for the reason.
    """
    checks = instance.statuses(world.aws.ec2(place), sorted({one.step.target.id for one in sent}))
    fell = {id_ for id_, status in checks.items() if status.state not in ("pending", "running")}
    why = {one.id: one for one in instance.find(world.aws.ec2(place), ids=sorted(fell))} if fell else {}
    seen = {
        one.step.key: _seen(checks[id_], why.get(id_))
        for one in sent
        if (id_ := one.step.target.id) in checks
    }
    return seen | _seen_healthy(world, place, [one.step for one in sent if one.step.inputs], seen)


def _seen(checks: Status, fallen: Instance | None) -> Seen:
    if checks.state == "running":
        return Seen(Sight.REACHED if checks.passed else Sight.COMING, instance_checks.shown(checks))
    if fallen is not None and (fallen.state == "terminated" or _fell_back(fallen)):
        return Seen(
            Sight.FAILED,
            words("it is {state} again: {reason}", state=fallen.state, reason=fallen.state_reason or "–"),
        )
    return Seen(Sight.COMING, words("it is {state}", state=checks.state))


def _seen_healthy(
    world: World, place: Place, steps: Sequence[Step], seen: Mapping[str, Seen]
) -> dict[str, Seen]:
    """Those that have passed their checks and are to be healthy somewhere: as the load balancers see them."""
    passed = [one for one in steps if one.key in seen and seen[one.key].sight is Sight.REACHED]
    groups = {one.key: dict(one.inputs)["groups"].split() for one in passed}
    health = instance_checks.health_in(world, place, {arn for arns in groups.values() for arn in arns})
    return {one.key: _healthy(one.target.id, groups[one.key], health) for one in passed}


def _healthy(instance_id: str, arns: Sequence[str], health: Health) -> Seen:
    """What has passed its checks and is to be healthy somewhere, as the load balancers see it."""
    if lacking := instance_checks.unhealthy(instance_id, arns, health):
        return Seen(Sight.COMING, lacking)
    shows = plural(
        "running, its checks passed, healthy in {n} target group",
        "running, its checks passed, healthy in {n} target groups",
        len(arns),
    )
    return Seen(Sight.REACHED, shows)


def _fell_back(one: Instance) -> bool:
    """Stopped by AWS after the start; the reason of a person's stop may still show for a moment."""
    return one.state == "stopped" and one.state_reason.startswith(_BY_AWS)


START = Action(
    name=NAME,
    risk=Risk.CHANGE,
    replay=Replay.REPEATABLE,
    iam=("ec2:StartInstances", "elasticloadbalancing:DescribeTargetHealth", *gather.READS),
    look=instance_state.look,
    call=call,
    watch=watch,
    most=200,
    within=timedelta(minutes=10),
    explain=explain,
    scarce=SCARCE,
)
