"""Cause: the quota of vCPUs, or the number of instances, is used up."""

from bot.words import Words, words
from commands.diagnosis.facts import Facts, Room
from commands.diagnosis.finding import Finding

CPU_LIMIT = frozenset({"VcpuLimitExceeded", "InstanceLimitExceeded", "MaxSpotInstanceCountExceeded"})


def cause(facts: Facts) -> Finding | None:
    """Whether a quota refused the start."""
    if facts.code not in CPU_LIMIT:
        return None
    said, room = words("EC2 says: {message}", message=facts.message), facts.room
    return Finding(
        words(
            "the account's quota for {type} in {region} is used up",
            type=facts.one.type,
            region=facts.place.region,
        ),
        _remedy(room.quota if room else "ec2"),
        (said, _counted(facts, room)) if room else (said,),
        short=f"vCPU {room.quota if room else facts.code}",
    )


def would_exceed(room: Room) -> Finding:
    """All that are to be started together are too many."""
    what = words(
        "the quota {quota} allows {limit} vCPUs, {running} run, and what is stopped needs more than the rest",
        quota=room.quota,
        limit=room.limit,
        running=room.running,
    )
    return Finding(what, _remedy(room.quota), short=f"vCPU {room.quota}")


def _remedy(quota: str) -> Words:
    return words(
        "stop something else of that class, or ask for more of {quota} in Service Quotas", quota=quota
    )


def _counted(facts: Facts, room: Room) -> Words:
    return words(
        "the quota {quota} allows {limit} vCPUs, {running} run, {id} needs {vcpus}",
        quota=room.quota,
        limit=room.limit,
        running=room.running,
        id=facts.one.id,
        vcpus=facts.body.vcpus,
    )
