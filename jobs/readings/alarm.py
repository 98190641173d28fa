"""A CloudWatch alarm, of a metric, an anomaly band or other alarms: it begins with ALARM and ends with OK.

Source: "Alarm events and EventBridge" (CloudWatch user guide).  An alarm without data is neither: one that
was in alarm goes on, and for any other nothing begins.

It is critical unless its name or description says a word of less (warning, notice, minor, P3 to P5, SEV3 to
SEV5, 警告, 注意) and no word of more (critical, fatal, P1, P2, SEV1, SEV2, 緊急, 重大).
"""

import re

from bot.event import Event
from bot.plan import Offer
from bot.trouble import Phase, Reading, Severity
from bot.words import Words, words
from jobs.readings import alarm_facts, alarm_metric, naming
from jobs.readings.alarm_metric import Metric
from jobs.readings.fields import at, clipped, decoded, prose, tail, text

KINDS = ("CloudWatch Alarm State Change",)
ALARM, OK, NO_DATA = "ALARM", "OK", "INSUFFICIENT_DATA"
_WORD = re.compile(r"[A-Z]+\d*(?![a-z])|[A-Z]?[a-z]+\d*")
_LESS = frozenset({"warning", "warn", "notice", "minor", "p3", "p4", "p5", "sev3", "sev4", "sev5"})
_MORE = frozenset({"critical", "crit", "fatal", "p1", "p2", "sev1", "sev2"})


def read(event: Event) -> Reading:
    """What an alarm's change of state means.  Raises ValueError for a state that it does not know."""
    detail = event.detail
    state, before = text(detail, "state", "value"), text(detail, "previousState", "value")
    arn = text(next(iter(event.resources), ""), most=290)
    name = text(detail, "alarmName", most=255) or tail(arn)
    if state not in {ALARM, OK, NO_DATA} or not name:
        raise ValueError(f"an alarm {name!r} in the state {state!r}")
    watched = alarm_metric.of(at(detail, "configuration"))
    metric = alarm_metric.against(watched, decoded(detail, "state", "reasonData"))
    named = _names(metric)
    return Reading(
        subject=arn or f"alarm:{event.account}/{event.region}/{name}",
        phase=_phase(state, before),
        title=_title(state, clipped(name, 90)),
        severity=_severity(name, prose(detail, "configuration", "description", most=1000)),
        facts=alarm_facts.of(event, metric),
        names=naming.names(event, alarm=name, **named),
        offers=_offers(named),
        cause=naming.cause(event, metric.namespace or "CloudWatch"),
        metric=metric.as_stored(),
    )


def _phase(state: str, before: str) -> Phase:
    match state:
        case "ALARM":
            return Phase.BEGINS
        case "INSUFFICIENT_DATA" if before == ALARM:
            return Phase.GOES_ON
        case _:
            return Phase.ENDS


def _title(state: str, alarm: str) -> Words:
    match state:
        case "ALARM":
            return words("{alarm} is in alarm", alarm=alarm)
        case "INSUFFICIENT_DATA":
            return words("{alarm} has no data", alarm=alarm)
        case _:
            return words("{alarm} is fine again", alarm=alarm)


def _severity(name: str, description: str) -> Severity:
    said = {word.casefold() for word in _WORD.findall(f"{name} {description}")}
    if said & _MORE or "緊急" in name + description or "重大" in name + description:
        return Severity.CRITICAL
    less = said & _LESS or "警告" in name + description or "注意" in name + description
    return Severity.WARNING if less else Severity.CRITICAL


def _names(metric: Metric) -> dict[str, str]:
    """What the dimensions name, as far as they are ids or plain names."""
    of = metric.dimensions.get
    balancer = "".join(of("LoadBalancer", "").split("/")[1:2]) or of("LoadBalancerName", "")
    named = {
        "instance": "".join(naming.ids("i-", [of("InstanceId", "")])),
        "volume": "".join(naming.ids("vol-", [of("VolumeId", "")])),
        "database": naming.name(of("DBInstanceIdentifier", "") or of("DBClusterIdentifier", "")),
        "balancer": naming.name(balancer),
        "group": naming.name(of("AutoScalingGroupName", "")),
        "cluster": naming.name(of("ClusterName", "")),
        "service": naming.name(of("ServiceName", "")),
        "function": naming.name(of("FunctionName", "")),
        "queue": naming.name(of("QueueName", "")),
    }
    return {key: value for key, value in named.items() if value}


def _offers(named: dict[str, str]) -> tuple[Offer, ...]:
    instance, database, volume = named.get("instance", ""), named.get("database", ""), named.get("volume", "")
    balancer, group = named.get("balancer", ""), named.get("group", "")
    return (
        *naming.offers("ec2 why", words("Why {target}?", target=instance), [instance]),
        *naming.offers("rds list", words("Show {target}", target=database), [database]),
        *naming.offers("balancer list", words("Show {target}", target=balancer), [balancer]),
        *naming.offers("asg list", words("Show {target}", target=group), [group]),
        *naming.offers("volume list", words("Show {target}", target=volume), [volume]),
    )
