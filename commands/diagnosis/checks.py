"""Cause: it runs, and a status check fails.

Source: "Status checks for Amazon EC2 instances": the system check is about AWS's hardware, the instance check
about the machine's own system.
"""

from aws.instance import Instance
from aws.redaction import redacted
from bot.words import Words, words
from commands.diagnosis.facts import Facts
from commands.diagnosis.finding import Finding

_GROUP = "aws:autoscaling:groupName"  # "Tag Auto Scaling groups and instances", EC2 Auto Scaling guide


def cause(facts: Facts) -> Finding | None:
    """Whether it runs and is not well."""
    status = facts.status
    if status is None or facts.one.state != "running":
        return None
    shown = (
        words(
            "system check {system}, instance check {instance}", system=status.system, instance=status.instance
        ),
    )
    if status.system == "impaired":
        return _system(facts.one, shown)
    if status.instance == "impaired" or status.ebs == "impaired":
        return Finding(
            words("{id} itself does not answer its checks", id=facts.one.id),
            words(
                "read the last lines of its console; `/ec2 reboot {id}` helps when it hangs", id=facts.one.id
            ),
            shown,
            short="instance check impaired",
            output=redacted("\n".join(facts.console)),
        )
    if "insufficient-data" in (status.system, status.instance):
        return Finding(
            words("AWS has no data for the status checks of {id}", id=facts.one.id),
            words("look again in a few minutes; when it stays so, stop and start it"),
            shown,
            short="checks insufficient-data",
        )
    return None


def _system(one: Instance, shown: tuple[Words, ...]) -> Finding:
    """AWS's own side: elsewhere it runs, unless its group makes another one anyway."""
    group = one.tags.get(_GROUP, "")
    move = words(
        "`/ec2 stop {id}`, then `/ec2 start {id}`: it moves to other hardware;"
        " `/ec2 recover on {id}` lets EC2 do so by itself",
        id=one.id,
    )
    return Finding(
        words("the hardware or the network under {id} fails its system check", id=one.id),
        words("its Auto Scaling group {group} replaces it", group=group) if group else move,
        shown,
        short="system check impaired",
    )
