"""Cause: a volume of the instance is missing, broken, or more than the account may have."""

from collections.abc import Sequence

from aws.instance import Instance
from aws.volume import Volume
from bot.words import words
from commands.diagnosis.facts import Facts
from commands.diagnosis.finding import Finding

VOLUME_LIMIT = frozenset({"VolumeLimitExceeded", "AttachmentLimitExceeded", "MaxIOPSLimitExceeded"})
_GOOD = {"in-use", "available"}


def cause(facts: Facts) -> Finding | None:
    """Whether its volumes are why it does not run."""
    limit = "VolumeLimitExceeded" if "VolumeLimitExceeded" in facts.message else facts.code
    if limit in VOLUME_LIMIT:
        return Finding(
            words("a limit of EBS volumes is reached: {code}", code=limit),
            words("detach or delete what is not needed, or ask for more of ebs in Service Quotas"),
            (words("EC2 says: {message}", message=facts.message),),
            short=limit,
        )
    return problem(facts.one, facts.volumes) if facts.is_down and facts.read_volumes else None


def problem(one: Instance, there: Sequence[Volume]) -> Finding | None:
    """What keeps it from starting with these volumes, which are all that exist of its own."""
    if one.state == "terminated":
        return None
    if one.root_device == "ebs" and not one.root_volume_id:
        return Finding(
            words("{id} has no root volume any more: it was detached", id=one.id),
            words("attach its root volume again under its old device name, or restore one from a snapshot"),
            short="no root volume",
        )
    states = {volume.id: volume.state for volume in there}
    for wanted in one.volume_ids:
        state = states.get(wanted, "")
        if not state:
            return Finding(
                words("its volume {volume} does not exist any more", volume=wanted),
                words("detach it, or restore it: `/snapshot list {volume}`", volume=wanted),
                short=f"{wanted} missing",
            )
        if state not in _GOOD:
            return Finding(
                words("its volume {volume} is in the state {state}", volume=wanted, state=state),
                words("restore it from its last snapshot: `/snapshot list {volume}`", volume=wanted),
                short=f"{wanted} {state}",
            )
    return None
