"""ECS: a task that stopped though nobody wanted it to, and services that cannot hold their tasks.

Source: "Amazon ECS events" and "Amazon ECS stopped tasks error messages" (ECS developer guide).  A service is
in trouble until ECS says that it is steady again; every other change of a task ends something that never
began, so it is kept in the history and told to nobody.
"""

from bot.event import Event
from bot.trouble import Phase, Reading, Severity
from bot.words import Words, words
from jobs.readings import ecs_facts, naming
from jobs.readings.fields import at, clipped, items, prose, tail, text

TASKS = ("ECS Task State Change",)
SERVICES = ("ECS Service Action", "ECS Deployment State Change")
_BROKEN = "TaskFailedToStart"
_TAKEN = frozenset({"SpotInterruption", "TerminationNotice"})
_STEADY = frozenset({"SERVICE_STEADY_STATE", "SERVICE_DEPLOYMENT_COMPLETED"})
_BAD = {"ERROR": Severity.CRITICAL, "WARN": Severity.WARNING}


def task(event: Event) -> Reading:
    """What a task's change of state means.  Raises ValueError when no task is named."""
    detail = event.detail
    arn = text(detail, "taskArn", most=250) or text(next(iter(event.resources), ""), most=250)
    if not arn:
        raise ValueError("an event of no task")
    group = text(detail, "group", most=255)
    cluster, (kind, _, name) = tail(text(detail, "clusterArn", most=300)), group.partition(":")
    service = name if kind == "service" else ""
    bad = _unexpected(event)
    subject = _service(event, cluster, service) if service and bad else f"ecs:{arn}"
    named = clipped(name or tail(arn), 60)
    return Reading(
        subject=subject,
        phase=(Phase.BEGINS if service else Phase.TELLS) if bad else Phase.ENDS,
        title=_title(event, named, bad=bad),
        severity=_severity(event) if bad else Severity.INFO,
        facts=ecs_facts.of(event),
        names=naming.names(event, cluster=naming.name(cluster), service=naming.name(service), task=tail(arn)),
        cause=naming.cause(event, f"ECS {clipped(cluster, 60)}"),
    )


def service(event: Event) -> Reading:
    """What ECS says of a service.  Raises ValueError when none is named."""
    arn = text(next(iter(event.resources), ""), most=250)
    name = tail(arn)
    if ":service/" not in arn or not name:
        raise ValueError("an event of no service")
    said = text(event.detail, "eventName")
    cluster = tail(text(event.detail, "clusterArn", most=300)) or arn.split("/")[1]
    severity = _BAD.get(text(event.detail, "eventType"))
    what = clipped(said.replace("_", " ").lower(), 60)
    reason = prose(event.detail, "reason")
    return Reading(
        subject=_service(event, cluster, name),
        phase=Phase.ENDS if said in _STEADY else Phase.BEGINS if severity else Phase.TELLS,
        title=words("{service}: {what}", service=clipped(name, 60), what=what),
        severity=severity or Severity.INFO,
        facts=(words("because: {cause}", cause=reason),) if reason else (),
        names=naming.names(event, cluster=naming.name(cluster), service=naming.name(name)),
        cause=naming.cause(event, f"ECS {clipped(cluster, 60)}"),
    )


def _service(event: Event, cluster: str, name: str) -> str:
    return f"ecs:{event.account}/{event.region}/{cluster}/{name}"[:300]


def _unexpected(event: Event) -> bool:
    """Whether a task stopped, and neither somebody nor a deployment nor its own end stopped it."""
    detail = event.detail
    if text(detail, "lastStatus") != "STOPPED":
        return False
    code, reason = text(detail, "stopCode"), prose(detail, "stoppedReason").casefold()
    match code:
        case "UserInitiated":
            return False
        case "ServiceSchedulerInitiated":
            return "failed" in reason or "unhealthy" in reason
        case "EssentialContainerExited" | "":
            return any(at(one, "exitCode") != 0 for one in items(detail, "containers"))
        case _:
            return True


def _severity(event: Event) -> Severity:
    """A service starts another task by itself, unless tasks cannot start at all."""
    return Severity.CRITICAL if text(event.detail, "stopCode") == _BROKEN else Severity.WARNING


def _title(event: Event, name: str, *, bad: bool) -> Words:
    if not bad:
        return words("{name}: a task is {state}", name=name, state=text(event.detail, "lastStatus") or "–")
    code = text(event.detail, "stopCode")
    if code == _BROKEN:
        return words("{name}: a task cannot start", name=name)
    if code in _TAKEN:
        return words("{name}: a task was stopped, since its Spot capacity was taken back", name=name)
    return words("{name}: a task has stopped", name=name)
