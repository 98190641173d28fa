"""Drills for tests: a database that fails over at 20 s, and what users saw of it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.drill import Drill, Mark, Source, Spec
from bot.probe import Kind, Probe, Sample
from bot.words import words

BEGIN = datetime(2026, 11, 21, 13, 0, tzinfo=UTC)
SHOP = Probe("shop", Kind.HTTP, "https://shop.example/health")
API = Probe("api", Kind.HTTP, "https://api.example/health")
Out = tuple[float, float, str]


def after(seconds: float) -> datetime:
    return BEGIN + timedelta(seconds=seconds)


def drill(*probes: Probe, until: float = 0, **changes: Any) -> Drill:
    """One as it is after so many seconds: broken at 20, put back from 140 to 142, over at 200."""
    spec = Spec(
        "database",
        "prod",
        "ap-northeast-1",
        "shop-db",
        timedelta(seconds=120),
        probes or (SHOP,),
        after=timedelta(seconds=60),
    )
    moments = {"broken": 20, "returning": 140, "restored": 142, "ended": 200}
    come: dict[str, Any] = {name: after(at) for name, at in moments.items() if at <= until}
    return replace(Drill(42, spec, "U0SATO", BEGIN), **come, **changes)


def samples(
    *out: Out, probe: Probe = SHOP, begin: float = 0, until: float = 200, took: float = 0.04
) -> tuple[Sample, ...]:
    """One for each interval of the probe; in each window from a second to a second the error."""
    made: list[Sample] = []
    at = begin
    while at < until:
        error = next((name for first, last, name in out if first <= at < last), "")
        made.append(Sample(probe.name, after(at), 2.0 if error == "timeout" else took, error))
        at = round(at + probe.every.total_seconds(), 3)
    return tuple(made)


def merged(*several: Iterable[Sample]) -> tuple[Sample, ...]:
    """Of several probes, in the order in which they asked."""
    return tuple(sorted((one for each in several for one in each), key=lambda one: one.at))


def mark(seconds: float, said: str, source: Source = Source.AWS, *, way_back: bool = False) -> Mark:
    id_, _, message = said.partition(": ")
    about = f"rds/{id_}/{after(seconds).isoformat()}/{message}" if message else f"{source}/{seconds}/{said}"
    return Mark(after(seconds), source, words("{said}", said=said), about, way_back)


STORY_MARKS: Sequence[Mark] = (
    mark(20, "failover.reboot-database shop-db", Source.TOBAN),
    mark(20, "shop-db: Multi-AZ instance failover started"),
    mark(40, "shop-db: DB instance restarted"),
    mark(74, "shop-db: Multi-AZ instance failover completed"),
)
STORY_SAMPLES = samples((24, 70, "504"), (70, 111, "502"))
"""The write-up's own: the database says 54 s, and users were out for about 90."""
