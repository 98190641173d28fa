"""What is told of a task of ECS: why it stopped, how its containers ended, and how long it had run.

Source: "Amazon ECS events" (ECS developer guide).
"""

from collections.abc import Iterator

from bot.event import Event
from bot.words import Words, words
from jobs.readings.fields import items, moment, prose, tail, text

CONTAINERS = 5


def of(event: Event) -> tuple[Words, ...]:
    """A line each."""
    return (*_why(event), *_containers(event), *_ran(event), *_what(event))


def _why(event: Event) -> Iterator[Words]:
    reason, code = prose(event.detail, "stoppedReason", most=220), text(event.detail, "stopCode")
    if reason:
        yield words("reason: {reason}", reason=f"{reason} ({code})" if code else reason)
    elif code:
        yield words("reason: {reason}", reason=code)


def _containers(event: Event) -> Iterator[Words]:
    """How each ended; 137 is what a process leaves that was killed, mostly for its memory."""
    for one in items(event.detail, "containers")[:CONTAINERS]:
        code, why = text(one, "exitCode"), prose(one, "reason", most=160)
        if not code and not why:
            continue
        container = text(one, "name") or "–"
        if code and why:
            said = words(
                "container {container}: exit code {code}, {why}", container=container, code=code, why=why
            )
        elif code:
            said = words("container {container}: exit code {code}", container=container, code=code)
        else:
            said = words("container {container}: {why}", container=container, why=why)
        yield said


def _ran(event: Event) -> Iterator[Words]:
    start, stop = moment(event.detail, "startedAt"), moment(event.detail, "stoppedAt")
    if start and stop and stop >= start:
        yield words("it had run for {time}", time=stop - start)


def _what(event: Event) -> Iterator[Words]:
    definition = text(event.detail, "taskDefinitionArn", most=300).rpartition("/")[2]
    cluster, zone = tail(text(event.detail, "clusterArn", most=300)), text(event.detail, "availabilityZone")
    launch = text(event.detail, "launchType") or text(event.detail, "capacityProviderName")
    if definition and cluster:
        place = " ".join(filter(None, (cluster, launch, zone)))
        yield words("task {definition} in {place}", definition=definition, place=place)
