"""What a drill has shown: how long users were out and in which ways, and whether the hypothesis held.  Pure.

The hypothesis is the probes' own: each is back within its time from the first error to the last, and when all
is put back no more fails than is tolerated.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import quantiles

from bot.drill import Drill
from bot.drill_windows import windows
from bot.measure import Judgement, steady
from bot.probe import FROM_TOBAN, Probe, Sample
from bot.timeline import Window

GOOD = timedelta(seconds=5)  # so long at least all must be well in the end


@dataclass(frozen=True, slots=True)
class Took:
    """How long the good answers of a probe took, in milliseconds: half of them, 95 %, all at most."""

    half: int
    most: int
    slowest: int


@dataclass(frozen=True, slots=True)
class Fared:
    """How one probe fared from the fault on."""

    probe: Probe
    asked: int
    errors: tuple[tuple[str, int], ...]  # such as 504, the most frequent first
    windows: tuple[Window, ...]
    took: Took | None
    steady: Judgement | None  # at the end; None while it is not over
    broken: datetime | None

    @property
    def failed(self) -> int:
        """How many answers were not well."""
        return sum(count for _, count in self.errors)

    @property
    def noticed(self) -> timedelta | None:
        """From the fault to the first error."""
        return self.windows[0].begin - self.broken if self.windows and self.broken else None

    @property
    def recovery(self) -> timedelta | None:
        """From the first error until it was well for good; None when it was never out, or is out still."""
        if not self.windows or not self.windows[-1].over:
            return None
        return self.windows[-1].end - self.windows[0].begin

    @property
    def out(self) -> timedelta:
        """All windows together."""
        return sum((one.length for one in self.windows), timedelta())

    @property
    def error(self) -> timedelta:
        """By how much each length may be wrong: the interval of the probe."""
        return self.probe.every

    @property
    def back(self) -> bool:
        """Whether it was never out, or back in its time; what is within the error counts as in time."""
        if not self.windows:
            return True
        return self.recovery is not None and self.recovery <= self.probe.back_within + self.error

    @property
    def held(self) -> bool:
        """Whether all that was supposed of it was so."""
        return self.back and (self.steady is None or self.steady.ok)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A drill and how its probes fared."""

    drill: Drill
    probes: tuple[Fared, ...]
    until: datetime  # its end, or now

    @property
    def held(self) -> bool | None:
        """Whether the hypothesis held.

        None: nothing was broken, it is not over, or it was ended early and nothing speaks against it.
        """
        drill = self.drill
        if drill.broken is None:
            return None
        if not all(one.held for one in self.probes) and (drill.ended or drill.stopped):
            return False
        return None if drill.ended is None or drill.stopped else True

    @property
    def worst(self) -> Fared | None:
        """The probe that was out longest; None when none was."""
        out = [one for one in self.probes if one.windows]
        return max(out, key=lambda one: (one.recovery is None, one.recovery or one.out), default=None)

    @property
    def noticed(self) -> Fared | None:
        """The probe that noticed the fault first; None when none did."""
        out = [one for one in self.probes if one.windows]
        return min(out, key=lambda one: one.windows[0].begin, default=None)


def of(drill: Drill, samples: Sequence[Sample], now: datetime) -> Verdict:
    """What all samples of a drill, in order, have shown so far."""
    until = drill.ended or now
    return Verdict(drill, tuple(_fared(drill, probe, samples, until) for probe in drill.spec.probes), until)


def _fared(drill: Drill, probe: Probe, samples: Sequence[Sample], until: datetime) -> Fared:
    since = drill.broken or drill.begun
    own = [one for one in samples if one.probe == probe.name and one.tells and since <= one.at <= until]
    good = max(GOOD, min(drill.spec.before, drill.spec.after), 2 * probe.every)
    return Fared(
        probe=probe,
        asked=len(own),
        errors=tuple(Counter(one.error for one in own if not one.ok).most_common()),
        windows=windows(probe, own, until),
        took=_took([one.took for one in own if one.ok]) if probe.kind in FROM_TOBAN else None,
        steady=steady(own, probe, until - good, until) if drill.ended and drill.restored else None,
        broken=drill.broken,
    )


def _took(seconds: Sequence[float]) -> Took | None:
    if not seconds:
        return None
    parts = quantiles(seconds, n=20, method="inclusive") if len(seconds) > 1 else [seconds[0]] * 19
    return Took(round(1000 * parts[9]), round(1000 * parts[18]), round(1000 * max(seconds)))
