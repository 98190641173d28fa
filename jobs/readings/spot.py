"""Spot instances: EC2 takes one back in two minutes, or may do so soon.

Source: "Spot Instance interruption notices" (EC2 user guide): the notice comes "two minutes before Amazon EC2
stops or terminates" the instance, and hibernation begins at once; "EC2 instance rebalance recommendations".
"""

from datetime import timedelta

from bot.event import Event
from bot.trouble import Phase, Reading, Severity
from bot.words import Words, words
from jobs.readings import naming
from jobs.readings.fields import text

INTERRUPTION = ("EC2 Spot Instance Interruption Warning",)
REBALANCE = ("EC2 Instance Rebalance Recommendation",)
NOTICE = timedelta(minutes=2)


def interruption(event: Event) -> Reading:
    """It goes: what is left to do takes less than two minutes.  Raises ValueError without an instance."""
    instance = _instance(event)
    action = text(event.detail, "instance-action")
    if action == "hibernate":
        title = words("EC2 hibernates the spot instance {instance} now", instance=instance)
    else:
        at = event.at + NOTICE
        title = words("EC2 takes the spot instance {instance} back at {at}", instance=instance, at=at)
    return Reading(
        subject=f"spot:{instance}",
        phase=Phase.BEGINS,
        title=title,
        severity=Severity.CRITICAL,
        facts=_what_happens(action),
        names=naming.names(event, instance=instance),
        offers=naming.offers("ec2 drain", words("Drain {target}", target=instance), [instance]),
        cause=naming.cause(event, "Spot"),
    )


def rebalance(event: Event) -> Reading:
    """It is at risk: there is time to move.  Raises ValueError without an instance."""
    instance = _instance(event)
    return Reading(
        subject=f"rebalance:{instance}",
        phase=Phase.TELLS,
        title=words("EC2 may soon take the spot instance {instance} back", instance=instance),
        severity=Severity.WARNING,
        facts=(words("a notice two minutes before may follow, or come at the same time"),),
        names=naming.names(event, instance=instance),
        offers=naming.offers("ec2 drain", words("Drain {target}", target=instance), [instance]),
        cause=naming.cause(event, "Spot"),
    )


def _instance(event: Event) -> str:
    found = naming.ids("i-", [text(event.detail, "instance-id"), *event.resources])
    if not found:
        raise ValueError("a notice that names no instance")
    return found[0]


def _what_happens(action: str) -> tuple[Words, ...]:
    match action:
        case "terminate":
            return (words("it is terminated: what is on its instance store and root volume is lost"),)
        case "stop":
            return (words("it is stopped: its EBS volumes stay"),)
        case "hibernate":
            return (words("it hibernates: its memory is saved to its root volume"),)
        case _:
            return (words("what happens: {action}", action=action),) if action else ()
