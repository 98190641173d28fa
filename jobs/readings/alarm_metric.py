"""The metric that an alarm watches: out of an alarm's configuration as EventBridge has it, or as SNS has it.

Source: "Alarm events and EventBridge" (CloudWatch user guide).  What comes by SNS stands under `trigger`,
with capital letters, and with dimensions as a list, whose sides some write with capital letters, too.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal

from jobs.readings.fields import amount, at, items, text

_SIGNS = {
    "GreaterThanThreshold": ">",
    "GreaterThanOrEqualToThreshold": "≥",
    "LessThanThreshold": "<",
    "LessThanOrEqualToThreshold": "≤",
}
_LONGEST = 7 * 86400  # seconds of a period


@dataclass(frozen=True, slots=True)
class Metric:
    """What is watched; everything is empty for an alarm that watches other alarms."""

    namespace: str = ""
    name: str = ""
    statistic: str = ""  # Average, Sum, p99 …
    seconds: int = 0  # of a period
    dimensions: Mapping[str, str] = field(default_factory=dict)
    expression: str = ""  # metric math, or an anomaly band
    sign: str = ""
    threshold: Decimal | None = None

    @property
    def period(self) -> timedelta:
        """How long a value is gathered."""
        return timedelta(seconds=self.seconds)

    def as_stored(self) -> dict[str, str]:
        """What a picture of it needs."""
        if not self.name:
            return {}
        stored = {
            "namespace": self.namespace,
            "name": self.name,
            "statistic": self.statistic,
            "period": str(self.seconds),
            "dimensions": json.dumps(dict(self.dimensions), ensure_ascii=False, sort_keys=True),
        }
        return stored | ({"threshold": exact(self.threshold)} if self.threshold is not None else {})


def exact(value: Decimal) -> str:
    """The number as a program reads it again."""
    return f"{value:f}" if abs(value) < 10**15 else f"{value:e}"


def of(configuration: object) -> Metric:
    """The metric in an alarm's configuration."""
    trigger = at(configuration, "trigger")
    where = trigger if isinstance(trigger, Mapping) else configuration
    every = items(where, "metrics") or items(where, "Metrics")
    stats = [one for one in every if isinstance(_part(one, "metricStat"), Mapping)]
    shown = [one for one in stats if _part(one, "returnData") is True]
    expressions = [said for one in every if (said := text(_part(one, "expression"), most=200))]
    first: object = next(iter(shown or stats), None)
    stat = _part(first, "metricStat") if first else where
    metric = _part(stat, "metric") if first else where
    return Metric(
        namespace=text(_part(metric, "namespace")),
        name=text(_part(metric, "name")) or text(_part(metric, "metricName")),
        statistic=_statistic(stat),
        seconds=_seconds(stat),
        dimensions=_dimensions(_part(metric, "dimensions")),
        expression=next(iter(expressions), ""),
        sign=_SIGNS.get(text(_part(where, "comparisonOperator")), ""),
        threshold=amount(_part(where, "threshold")),
    )


def against(metric: Metric, reason: object) -> Metric:
    """The metric with the threshold in its reason's data, since EventBridge's configuration has none.

    What is computed has one of its own, which is not on the scale of the metric that is shown.
    """
    found = amount(reason, "threshold")
    wanted = metric.name and not metric.expression and metric.threshold is None
    return replace(metric, threshold=found) if wanted and found is not None else metric


def _part(value: object, name: str) -> object:
    """A field under its name with a small letter (EventBridge) or a capital one (SNS)."""
    found = at(value, name)
    return found if found is not None else at(value, name[:1].upper() + name[1:])


def _statistic(stat: object) -> str:
    said = text(_part(stat, "stat")) or text(_part(stat, "extendedStatistic"))
    plain = text(_part(stat, "statistic"))  # SNS writes SAMPLE_COUNT
    return said or "".join(word.capitalize() for word in plain.split("_"))


def _seconds(stat: object) -> int:
    found = amount(_part(stat, "period"))
    return int(found) if found is not None and 0 < found <= _LONGEST else 0


def _dimensions(found: object) -> dict[str, str]:
    if isinstance(found, Mapping):
        named = [(text(name), text(value, most=255)) for name, value in found.items()]
    else:
        sides = [(_part(one, "name"), _part(one, "value")) for one in items(found)]
        named = [(text(name), text(value, most=255)) for name, value in sides]
    return {name: value for name, value in named if name and value}
