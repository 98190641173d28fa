"""EC2 Auto Scaling: instances that a group has launched, could not launch, or has terminated.

Source: "Amazon EC2 Auto Scaling event reference" (EC2 Auto Scaling user guide).  A group that cannot launch
is in trouble until it can again.
"""

from collections.abc import Iterator

from bot.event import Event
from bot.plan import Offer
from bot.trouble import Phase, Reading, Severity
from bot.words import Words, words
from jobs.readings import naming
from jobs.readings.fields import clipped, prose, text

KINDS = (
    "EC2 Instance Launch Successful",
    "EC2 Instance Launch Unsuccessful",
    "EC2 Instance Terminate Successful",
    "EC2 Instance Terminate Unsuccessful",
    "EC2 Instance-launch Lifecycle Action",
    "EC2 Instance-terminate Lifecycle Action",
)


def read(event: Event) -> Reading:
    """What happened to a group.  Raises ValueError for a kind that it does not know, or without a group."""
    group = text(event.detail, "AutoScalingGroupName", most=255)
    if not group:
        raise ValueError("an event of a group that has no name")
    instance = "".join(naming.ids("i-", [text(event.detail, "EC2InstanceId")]))
    about, phase, title, severity = _meaning(event.kind, clipped(group, 60), instance or "–")
    return Reading(
        subject=f"group:{_arn(event) or f'{event.account}/{event.region}/{group}'}:{about}"[:300],
        phase=phase,
        title=title,
        severity=severity,
        facts=tuple(_facts(event)),
        names=naming.names(event, group=naming.name(group), instance=instance),
        offers=_offers(event.kind, group, instance),
        cause=naming.cause(event, "Auto Scaling"),
    )


def _meaning(kind: str, group: str, instance: str) -> tuple[str, Phase, Words, Severity]:
    """What it is about, its phase, what is said, and how bad it is."""
    named = {"group": group, "instance": instance}
    match kind:
        case "EC2 Instance Launch Unsuccessful":
            said = words("{group} cannot launch an instance", group=group)
            return "launch", Phase.BEGINS, said, Severity.CRITICAL
        case "EC2 Instance Launch Successful":
            return "launch", Phase.ENDS, words("{group} has launched {instance}", **named), Severity.INFO
        case "EC2 Instance Terminate Unsuccessful":
            said = words("{group} cannot terminate {instance}", **named)
            return "terminate", Phase.TELLS, said, Severity.WARNING
        case "EC2 Instance Terminate Successful":
            said = words("{instance} of {group} is gone", **named)
            return f"gone {instance}", Phase.TELLS, said, Severity.INFO
        case "EC2 Instance-launch Lifecycle Action":
            said = words("{instance} of {group} waits to come into service", **named)
        case "EC2 Instance-terminate Lifecycle Action":
            said = words("{instance} of {group} waits to be terminated", **named)
        case _:
            raise ValueError(f"no event of a group: {kind!r}")
    return f"waits {instance}", Phase.TELLS, said, Severity.INFO


def _arn(event: Event) -> str:
    arns = (text(one, most=260) for one in event.resources)
    return next((one for one in arns if ":autoScalingGroup:" in one), "")


def _facts(event: Event) -> Iterator[Words]:
    detail = event.detail
    if why := prose(detail, "StatusMessage"):
        yield words("EC2 says: {message}", message=why)
    if cause := prose(detail, "Cause"):
        yield words("because: {cause}", cause=cause)
    zone, subnet = text(detail, "Details", "Availability Zone"), text(detail, "Details", "Subnet ID")
    if zone or subnet:
        yield words("in {zone}", zone=" ".join(filter(None, (zone, subnet))))
    if hook := text(detail, "LifecycleHookName"):
        yield words("for the lifecycle hook {hook}", hook=hook)


def _offers(kind: str, group: str, instance: str) -> tuple[Offer, ...]:
    target, about = naming.name(group), [instance] if instance else []
    show = naming.offers("asg list", words("Show {target}", target=target), [target])
    match kind:
        case "EC2 Instance Terminate Successful":
            tidy = words("Tidy up after {target}", target=instance)
            return (*naming.offers("alarm tidy", tidy, about), *show)
        case "EC2 Instance-terminate Lifecycle Action":
            return (*naming.offers("ec2 drain", words("Drain {target}", target=instance), about), *show)
        case "EC2 Instance Launch Unsuccessful":
            return (*show, *naming.offers("ec2 why", words("Why {target}?", target=instance), about))
        case _:
            return show
