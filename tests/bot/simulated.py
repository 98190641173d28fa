"""A probe of a system whose outages are known, asked by nobody but the test."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.probe import Kind, Probe, Sample

START = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Window:
    """Seconds from the start, and what is answered within them."""

    begin: float
    end: float
    error: str = "refused"
    took: float = 0.002


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def seconds(moment: datetime) -> float:
    return (moment - START).total_seconds()


def probe(every: float = 1.0, **more: object) -> Probe:
    return Probe("shop", Kind.HTTP, "http://shop.example/", timedelta(seconds=every), **more)  # type: ignore[arg-type]


def asked(moments: Sequence[float], truth: Sequence[Window], took: float = 0.005) -> list[Sample]:
    """What is answered to questions asked at these moments; in the order in which the answers come."""
    samples = [_answer(moment, truth, took) for moment in moments]
    return sorted(samples, key=lambda one: one.at + timedelta(seconds=one.took))


def steadily(every: float, lasts: float, truth: Sequence[Window] = (), took: float = 0.005) -> list[Sample]:
    """The same at a rhythm."""
    return asked([number * every for number in range(round(lasts / every))], truth, took)


def _answer(moment: float, truth: Sequence[Window], took: float) -> Sample:
    for one in truth:
        if one.begin <= moment < one.end:
            return Sample("shop", at(moment), one.took, one.error)
    return Sample("shop", at(moment), took)
