"""A probe asks from outside how a system does, again and again; a sample is one answer.

A leaf of bot/: it imports no other part of bot/.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What a probe asks."""

    HTTP = "http"  # a GET, as a user makes it: a new connection each time
    TCP = "tcp"  # whether a connection is taken
    TARGETS = "targets"  # how many targets of a target group are healthy
    METRIC = "metric"  # the newest value of a CloudWatch metric
    COMMAND = "command"  # whether a command on an instance ends with 0


FROM_TOBAN = frozenset({Kind.HTTP, Kind.TCP})
"""What toban itself asks, several times a second; the others ask AWS, every few seconds."""


@dataclass(frozen=True, slots=True)
class Probe:
    """What is asked, how often, what is tolerated.  The config names it: no line in a chat can make one."""

    name: str
    kind: Kind
    at: str  # an URL; host:port; a target group's name; namespace/metric; a shell command
    every: timedelta = timedelta(seconds=1)
    timeout: timedelta = timedelta(seconds=2)
    status: int = 200  # that counts as an answer (HTTP)
    contains: str = ""  # what must stand in it (HTTP)
    account: str = ""  # of what AWS is asked
    region: str = ""
    dimensions: tuple[tuple[str, str], ...] = ()  # of a metric
    statistic: str = "Average"  # of a metric, such as p99
    on: str = ""  # the instance of a command
    at_least: float | None = None  # of a metric, or of healthy targets
    at_most: float | None = None
    errors: float = 0.01  # the share that may fail, from 0 to 1, in a steady state
    back_within: timedelta = timedelta(seconds=60)  # from the first error to the last


LATE = "late"
"""Could not be asked in time; `at` is when it was due, `took` how long nobody asked from then on."""
UNREAD = "unread"
"""Was asked, but AWS did not say: no answer, no value."""
TELL_NOTHING = frozenset({LATE, UNREAD})
"""Neither well nor an error of what is asked: nobody knows."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One answer; what is "" is well."""

    probe: str
    at: datetime  # when it was asked
    took: float  # seconds until it was answered, or given up
    error: str = ""  # an HTTP status such as 504, or one of: refused reset timeout name tls content low high
    # failed (a command's end); or what tells nothing about the system: late unread (see `TELL_NOTHING`)
    value: float | None = None  # of a metric, or how many targets are healthy

    @property
    def ok(self) -> bool:
        """Whether all was well."""
        return not self.error

    @property
    def tells(self) -> bool:
        """Whether it says anything about what was asked; one that is not `ok` and does is an error."""
        return self.error not in TELL_NOTHING


def to_json(probe: Probe) -> dict[str, Any]:
    """The form that is stored and approved; `from_json` reads it back."""
    return {
        "name": probe.name,
        "kind": probe.kind,
        "at": probe.at,
        "every": probe.every.total_seconds(),
        "timeout": probe.timeout.total_seconds(),
        "status": probe.status,
        "contains": probe.contains,
        "account": probe.account,
        "region": probe.region,
        "dimensions": [list(pair) for pair in probe.dimensions],
        "statistic": probe.statistic,
        "on": probe.on,
        "at_least": probe.at_least,
        "at_most": probe.at_most,
        "errors": probe.errors,
        "back_within": probe.back_within.total_seconds(),
    }


def from_json(stored: dict[str, Any]) -> Probe:
    """Read what `to_json` wrote."""
    seconds = {name: timedelta(seconds=stored[name]) for name in ("every", "timeout", "back_within")}
    pairs = tuple((key, value) for key, value in stored["dimensions"])
    return Probe(**{**stored, **seconds, "kind": Kind(stored["kind"]), "dimensions": pairs})
