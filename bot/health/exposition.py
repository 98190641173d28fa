"""Prometheus's text format, by hand: it is these lines, and what toban counts it counts itself.

A library for it would be one more to load and to keep; a test reads what is written here by the format's own
rules ("Text-based format", Prometheus, version 0.0.4).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
Labels = Mapping[str, str]
Sample = tuple[str, Labels, float]  # what stands behind the name, such as "_bucket"; its labels; the value


@dataclass(frozen=True, slots=True)
class Family:
    """One metric with all its samples."""

    name: str
    kind: str  # gauge, counter or histogram
    help: str
    samples: tuple[Sample, ...]


def gauge(name: str, help_: str, value: float, **labels: str) -> Family:
    """A value that goes up and down."""
    return Family(name, "gauge", help_, (("", labels, value),))


def text(families: Iterable[Family]) -> str:
    """The page; a family without samples is not shown."""
    return "".join(line for family in families if family.samples for line in _lines(family))


def _lines(family: Family) -> Iterable[str]:
    yield f"# HELP {family.name} {family.help}\n"
    yield f"# TYPE {family.name} {family.kind}\n"
    for suffix, labels, value in family.samples:
        within = ",".join(f'{name}="{_escaped(one)}"' for name, one in labels.items())
        yield f"{family.name}{suffix}{f'{{{within}}}' if within else ''} {value:.10g}\n"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')
