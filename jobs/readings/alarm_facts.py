"""What is told of an alarm besides its state: why, the value, the metric, and how it was before.

Source: "Alarm events and EventBridge" (CloudWatch user guide).
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from bot.event import Event
from bot.words import Words, words
from jobs.readings.alarm_metric import Metric
from jobs.readings.fields import amount, clipped, decoded, items, moment, prose, short, tail, text

_TRANSITION = re.compile(r"\s*\(minimum [^()]*\)")
_MOMENT = re.compile(r"(?<=\d) \(\d\d/\d\d/\d\d \d\d:\d\d:\d\d\)")
_LONG_NUMBER = re.compile(r"\d+\.\d{3,}(?:[eE]-?\d+)?")
_ARN = re.compile(r"arn:aws[\w-]*:cloudwatch:[\w-]*:\d*:alarm:(\S+)")


def of(event: Event, metric: Metric) -> tuple[Words, ...]:
    """A line each, the most telling first."""
    return (
        *_reason(event),
        *_values(event, metric),
        *_watched(event, metric),
        *_triggers(event),
        *_before(event),
        *_suppressed(event),
        *_description(event),
    )


def _reason(event: Event) -> Iterator[Words]:
    """CloudWatch's reason without what the other facts say better."""
    said = prose(event.detail, "state", "reason", most=1000)
    said = _ARN.sub(r"\1", _MOMENT.sub("", _TRANSITION.sub("", said)))
    if reason := clipped(_LONG_NUMBER.sub(lambda found: short(Decimal(found[0])), said), 250):
        yield words("reason: {reason}", reason=reason)


def _values(event: Event, metric: Metric) -> Iterator[Words]:
    """The newest value beside the threshold or the band."""
    data = decoded(event.detail, "state", "reasonData")
    value = amount(data, "recentDatapoints", -1)
    low, high = amount(data, "recentLowerThresholds", -1), amount(data, "recentUpperThresholds", -1)
    threshold = amount(data, "threshold")
    threshold = metric.threshold if threshold is None else threshold
    if value is not None and low is not None and high is not None:
        between = {"value": short(value), "low": short(low), "high": short(high)}
        yield words("value {value}, expected between {low} and {high}", **between)
    elif threshold is not None:
        limit = f"{metric.sign} {short(threshold)}".strip()
        yield (
            words("threshold {threshold}", threshold=limit)
            if value is None
            else words("value {value}, threshold {threshold}", value=short(value), threshold=limit)
        )


def _watched(event: Event, metric: Metric) -> Iterator[Words]:
    if metric.name:
        yield words(
            "{metric}: {statistic} over {period}",
            metric=f"{metric.namespace} {metric.name}",
            statistic=metric.statistic or "–",
            period=metric.period,
        )
    if rule := metric.expression or text(event.detail, "configuration", "alarmRule", most=200):
        yield words("computed: {expression}", expression=rule)
    if metric.dimensions:
        said = ", ".join(f"{name}={value}" for name, value in metric.dimensions.items())
        yield words("of {dimensions}", dimensions=clipped(said, 200))


def _triggers(event: Event) -> Iterator[Words]:
    """Which of its alarms made an alarm of alarms change."""
    data = decoded(event.detail, "state", "reasonData")
    if alarms := [tail(text(one, "arn", most=400)) for one in items(data, "triggeringAlarms")]:
        yield words("by its alarms: {alarms}", alarms=clipped(", ".join(alarms), 200))


def _before(event: Event) -> Iterator[Words]:
    state = text(event.detail, "previousState", "value")
    since = moment(event.detail, "previousState", "timestamp")
    if state and since:
        yield words("before: {state} since {since}", state=state, since=since)
    elif state:
        yield words("before: {state}", state=state)


def _suppressed(event: Event) -> Iterator[Words]:
    if why := prose(event.detail, "state", "actionsSuppressedReason", most=120):
        yield words("its own actions are held back: {why}", why=why)


def _description(event: Event) -> Iterator[Words]:
    if said := prose(event.detail, "configuration", "description"):
        yield words("about it: {description}", description=said)
