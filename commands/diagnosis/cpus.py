"""Cause: the quota of vCPUs, or the number of instances, is used up."""

from dataclasses import replace

from aws.anatomy import Anatomy
from aws.instance import Instance
from bot.words import Words, words
from commands.diagnosis.facts import Facts, Room
from commands.diagnosis.finding import Finding

CPU_LIMIT = frozenset({"VcpuLimitExceeded", "InstanceLimitExceeded", "MaxSpotInstanceCountExceeded"})


def cause(facts: Facts) -> Finding | None:
    """Whether a quota refused the start."""
    if facts.code not in CPU_LIMIT:
        return None
    said = words("EC2 says: {message}", message=facts.message)
    found = _finding(facts.one, facts.body, facts.room, facts.place.region)
    return replace(found, evidence=(said, *found.evidence))


def would_exceed(one: Instance, body: Anatomy, room: Room) -> Finding:
    """It would be one too many."""
    return _finding(one, body, room, one.zone[:-1])


def _finding(one: Instance, body: Anatomy, room: Room | None, region: str) -> Finding:
    quota = room.quota if room else "ec2"
    return Finding(
        words("the account's quota for {type} in {region} is used up", type=one.type, region=region),
        words("stop something else of that class, or ask for more of {quota} in Service Quotas", quota=quota),
        (_counted(one, body, room),) if room else (),
        short=f"vCPU {quota}",
    )


def _counted(one: Instance, body: Anatomy, room: Room) -> Words:
    return words(
        "the quota {quota} allows {limit} vCPUs, {running} run, {id} needs {vcpus}",
        quota=room.quota,
        limit=room.limit,
        running=room.running,
        id=one.id,
        vcpus=body.vcpus,
    )
