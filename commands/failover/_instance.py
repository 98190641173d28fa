"""An instance terminated, or stopped for a while, as a block of a drill: named, or chosen by chance."""

from collections.abc import Iterator
from datetime import timedelta

from aws import instance_attribute
from aws.account import Place
from aws.instance import Instance
from bot.arguments import UsageError
from bot.command import World
from bot.drill import Watched
from bot.plan import Step
from bot.words import Words, words
from commands.changes import break_instance
from commands.changes.break_instance import START_INSTANCE, STOP_INSTANCE, TERMINATE_INSTANCE
from commands.failover import _hazards
from commands.failover._block import Block
from commands.failover._hazards import Surroundings

TERMINATE, STOP = "terminate", "stop"
ACTIONS = (TERMINATE_INSTANCE, STOP_INSTANCE, START_INSTANCE)
READS = ("ec2:DescribeInstanceAttribute",)


def block(
    world: World,
    place: Place,
    one: Instance,
    beside: Surroundings,
    how: str,
    lasts: timedelta,
    *,
    anyway: bool = False,
) -> Block:
    """Break one instance that runs.  Raises UsageError where that must not be, AwsError."""
    if one.state != "running":
        raise UsageError(words("{id} is {state}, and only what runs is broken.", id=one.id, state=one.state))
    why = _hazards.hazard(one, beside)
    if why is not None and not anyway:
        raise UsageError(
            words("{id} is left alone: {why}. Add --anyway if that is meant.", id=one.id, why=why)
        )
    if (kept := protected(world, place, one, how)) is not None:
        raise UsageError(words("{id} cannot be broken so: {why}.", id=one.id, why=kept))
    warnings = tuple(_warnings(one, beside, how, why))
    return Block(
        _steps(place, one, beside, how, lasts, warnings),
        _watched(place, one, beside),
        (_expected(one, beside),),
        replaced=(one,) if _hazards.group_of(one, beside.groups) else (),
    )


def protected(world: World, place: Place, one: Instance, how: str) -> Words | None:
    """Why EC2 would refuse it; None: it would not.  Raises AwsError."""
    ec2 = world.aws.ec2(place)
    if how == TERMINATE and instance_attribute.termination_protected(ec2, one.id):
        return words(
            "it is protected against termination; whoever may lifts that with"
            " `aws ec2 modify-instance-attribute --instance-id {id} --no-disable-api-termination`",
            id=one.id,
        )
    if how == STOP and one.root_device == "instance-store":
        return words("its root device is an instance store: it can be terminated, and not stopped")
    if how == STOP and one.lifecycle == "spot":
        return words("it is a spot instance: terminate it, as EC2 does")
    if how == STOP and instance_attribute.stop_protected(ec2, one.id):
        return words(
            "it is protected against being stopped; whoever may lifts that with"
            " `aws ec2 modify-instance-attribute --instance-id {id} --no-disable-api-stop`",
            id=one.id,
        )
    return None


def _steps(
    place: Place,
    one: Instance,
    beside: Surroundings,
    how: str,
    lasts: timedelta,
    warnings: tuple[Words, ...],
) -> tuple[Step, ...]:
    if how == TERMINATE:
        return (break_instance.terminating(place, one, warnings=warnings),)
    stop = break_instance.stopping(place, one, warnings=warnings)
    return stop, break_instance.starting(stop, lasts, beside.targets_of(one))


def _warnings(one: Instance, beside: Surroundings, how: str, hazard: Words | None) -> Iterator[Words]:
    if hazard is not None:
        yield hazard
    group = _hazards.group_of(one, beside.groups)
    if group and how == STOP:
        yield words(
            "its Auto Scaling group {group} finds it stopped, terminates it and launches another: then there"
            " is no way back",
            group=group,
        )
    if group and set(beside.groups[group].suspended) & {"Launch", "HealthCheck", "ReplaceUnhealthy"}:
        yield words("its Auto Scaling group {group} replaces nothing while that is suspended", group=group)
    if how == STOP and one.public_ip and not one.keeps_public_ip:
        yield words(
            "its public address {ip} will be another one when it starts again; an Elastic IP would stay",
            ip=one.public_ip,
        )


def _watched(place: Place, one: Instance, beside: Surroundings) -> tuple[Watched, ...]:
    group = _hazards.group_of(one, beside.groups)
    found = [("instance", one.id), *([("group", group)] if group else [])]
    found += [("targets", arn) for arn in beside.targets_of(one)]
    return tuple(Watched(place.account, place.region, kind, id_) for kind, id_ in found)


def _expected(one: Instance, beside: Surroundings) -> Words:
    group = _hazards.group_of(one, beside.groups)
    if not group:
        return words("expect that nothing stands in for {id}: it is in no Auto Scaling group", id=one.id)
    return words(
        "expect {group} to launch another instance than {id} once a health check has found it gone, and the"
        " others ({n}) to serve meanwhile",
        group=group,
        id=one.id,
        n=str(beside.groups[group].serving - 1),
    )
