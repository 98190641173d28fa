"""Trusted Advisor: a check that found something wrong with a resource, or found it right again.

Source: "Monitoring AWS Trusted Advisor check results with Amazon EventBridge" (AWS Support user guide).  Red
(ERROR) is to be looked at today, yellow (WARN) to be known; a key that is exposed is to be looked at now.
"""

from collections.abc import Iterator, Mapping

from bot.event import Event
from bot.plan import Offer
from bot.trouble import Phase, Reading, Severity
from bot.words import Words, words
from jobs.readings import naming
from jobs.readings.fields import at, clipped, prose, tail, text

KINDS = ("Trusted Advisor Check Item Refresh Notification",)
FIELDS = 9
_EXPOSED = "Exposed Access Keys"
_SEVERITIES = {"ERROR": Severity.WARNING, "WARN": Severity.INFO, "OK": Severity.INFO}


def read(event: Event) -> Reading:
    """What a check says of a resource.  Raises ValueError for a status that it does not know."""
    detail = event.detail
    check, status = text(detail, "check-name"), text(detail, "status").upper()
    if not check or status not in _SEVERITIES:
        raise ValueError(f"a check {check!r} with the status {status!r}")
    resource = text(detail, "resource_id", most=300)
    instances = naming.ids("i-", [resource, text(detail, "check-item-detail", "Instance ID")])
    volumes = naming.ids("vol-", [resource, text(detail, "check-item-detail", "Volume ID")])
    named = {"instance": "".join(instances[:1]), "volume": "".join(volumes[:1])}
    about = resource or text(detail, "check-item-detail", "Region") or text(detail, "uuid")
    exposed = check == _EXPOSED and status != "OK"
    return Reading(
        subject=f"advisor:{event.account}/{check}/{about}"[:300],
        phase=Phase.ENDS if status == "OK" else Phase.BEGINS,
        title=_title(clipped(check, 60), status, clipped(tail(resource), 40)),
        severity=Severity.CRITICAL if exposed else _SEVERITIES[status],
        facts=tuple(_facts(event)),
        names=naming.names(event, **named),
        offers=_offers(instances, volumes),
        cause=naming.cause(event, f"Trusted Advisor {check}"),
    )


def _title(check: str, status: str, resource: str) -> Words:
    said = f"{check} ({resource})" if resource else check
    return (
        words("Trusted Advisor is content: {check}", check=said)
        if status == "OK"
        else words("Trusted Advisor: {check}", check=said)
    )


def _facts(event: Event) -> Iterator[Words]:
    if resource := text(event.detail, "resource_id", most=250):
        yield words("about {resource}", resource=resource)
    found = at(event.detail, "check-item-detail")
    named = list(found.items())[:FIELDS] if isinstance(found, Mapping) else []
    for name, value in named:
        if said := prose(text(value, most=200)):
            yield words("{name}: {value}", name=text(name), value=said)


def _offers(instances: tuple[str, ...], volumes: tuple[str, ...]) -> tuple[Offer, ...]:
    one, other = instances[:1], volumes[:1]
    return (
        *naming.offers("ec2 show", words("Show {target}", target="".join(one)), one),
        *naming.offers("volume list", words("Show {target}", target="".join(other)), other),
    )
