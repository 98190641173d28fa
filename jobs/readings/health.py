"""AWS Health: reports of abuse, changes that AWS has scheduled, issues, and notifications.

Source: "Reference: AWS Health events Amazon EventBridge schema" (Health user guide): an event's ARN "isn't
unique to a specific AWS account", so what is of one account is about that account, too; long lists of
entities come in pages.  "Scheduled events for your instances" (EC2 user guide): who stops an instance and
starts it again before AWS does has it on another host, at a time of one's own.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.event import Event
from bot.plan import Offer
from bot.trouble import Phase, Reading, Severity
from bot.words import Words, words
from jobs.readings import health_facts, naming
from jobs.readings.fields import items, moment, text

_ABUSE = "AWS Health Abuse Event"
KINDS = ("AWS Health Event", _ABUSE)
OURS = "ACCOUNT_SPECIFIC"
Buttons = Callable[[Sequence[str]], tuple[Offer, ...]]


def read(event: Event) -> Reading:
    """What an event of AWS Health means."""
    detail = event.detail
    code, category = text(detail, "eventTypeCode", most=200), text(detail, "eventTypeCategory")
    service = text(detail, "service", most=40)
    if service == "ABUSE" or code.startswith("AWS_ABUSE_") or event.kind == _ABUSE:
        return _abuse(event, code)
    what = health_facts.readable(code, service)
    match category:
        case "scheduledChange":
            return _scheduled(event, service, what)
        case "issue" | "investigation":
            return _issue(event, service, what)
        case _:
            title = words("{service}: {what}", service=service, what=what)
            return _reading(event, Phase.TELLS, title, Severity.INFO)


def _abuse(event: Event, code: str) -> Reading:
    what = health_facts.readable(code, "ABUSE") or event.kind
    over = _is_over(event)
    title = (
        words("The report of abuse is closed: {what}", what=what)
        if over
        else words("AWS reports abuse: {what}", what=what)
    )
    report = _reading(event, _phase(event), title, Severity.CRITICAL, _contain)
    # AWS wants an answer to it, and so does whoever looks later.
    return replace(report, ignorable=True, metric=_traffic(health_facts.instances(event)))


def _traffic(instances: Sequence[str]) -> dict[str, str]:
    """What an instance sends out, in bytes ("CloudWatch metrics … for your instances", EC2 user guide)."""
    if len(instances) != 1:
        return {}
    sides = json.dumps({"InstanceId": instances[0]})
    shown = {"name": "NetworkOut", "statistic": "Sum", "period": "300"}
    return {"namespace": "AWS/EC2", **shown, "dimensions": sides}


def _scheduled(event: Event, service: str, what: str) -> Reading:
    at = moment(event.detail, "startTime")
    if _is_over(event):
        title = words("{service}: {what} is over", service=service, what=what)
    elif at:
        title = words("{service}: {what} at {at}", service=service, what=what, at=at)
    else:
        title = words("{service}: {what}", service=service, what=what)
    found = _reading(event, _phase(event), title, Severity.WARNING, _move)
    return replace(found, starts=at)


def _issue(event: Event, service: str, what: str) -> Reading:
    """What is wrong at AWS matters most when it is ours that is hit."""
    hit = text(event.detail, "eventScopeCode") == OURS or bool(items(event.detail, "affectedEntities"))
    title = (
        words("{service}: {what} is over", service=service, what=what)
        if _is_over(event)
        else words("{service}: {what}", service=service, what=what)
    )
    return _reading(event, _phase(event), title, Severity.CRITICAL if hit else Severity.WARNING)


def _no_buttons(_instances: Sequence[str]) -> tuple[Offer, ...]:
    return ()


def _reading(
    event: Event, phase: Phase, title: Words, severity: Severity, offers: Buttons = _no_buttons
) -> Reading:
    instances = health_facts.instances(event)
    volumes = naming.ids("vol-", health_facts.entities(event))
    named = {"instance": instances[0]} if len(instances) == 1 else {}
    named |= {"volume": volumes[0]} if len(volumes) == 1 else {}
    return Reading(
        subject=_subject(event),
        phase=phase,
        title=title,
        severity=severity,
        facts=health_facts.of(event),
        names=naming.names(event, **named),
        offers=offers(instances),
        cause=naming.cause(event, f"Health {text(event.detail, 'service', most=40)}"),
    )


def _subject(event: Event) -> str:
    arn = text(event.detail, "eventArn", most=250) or event.key
    ours = text(event.detail, "eventScopeCode") == OURS
    return f"health:{arn}" + (f" {health_facts.account(event)}" if ours else "")


def _is_over(event: Event) -> bool:
    return text(event.detail, "statusCode") == "closed"


def _phase(event: Event) -> Phase:
    return Phase.ENDS if _is_over(event) else Phase.BEGINS


def _contain(instances: Sequence[str]) -> tuple[Offer, ...]:
    """What is cut off leaves its snapshots by itself; who stops it makes them first, as evidence."""
    target = naming.shown(instances)
    return (
        *naming.offers("ec2 isolate", words("Isolate {target}", target=target), instances),
        *naming.offers("snapshot create", words("1. Snapshots of {target}", target=target), instances),
        *naming.offers("ec2 stop", words("2. Stop {target}", target=target), instances),
    )


def _move(instances: Sequence[str]) -> tuple[Offer, ...]:
    """Two buttons, since the start has to wait until everything is stopped."""
    target = naming.shown(instances)
    return (
        *naming.offers("ec2 stop", words("1. Stop {target} now", target=target), instances),
        *naming.offers("ec2 start", words("2. Start {target} again", target=target), instances),
    )
