"""What a drill has shown: how long users were out and in which ways, and whether the hypothesis held.  Pure.

The hypothesis is the probes' own: each is back within its time from the first error to the last, and when all
is put back no more fails than is tolerated.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.drill import Drill
from bot.measure import Judgement, Measured, answered, measure, slower, steady
from bot.outages import Outage, told
from bot.probe import FROM_TOBAN, Probe, Sample

GOOD = timedelta(seconds=5)  # so long at least all must be well in the end
NONE = timedelta()


@dataclass(frozen=True, slots=True)
class Fared:
    """How one probe fared from the fault on."""

    measured: Measured  # over all of the drill
    asked: int
    errors: tuple[tuple[str, int], ...]  # such as 504, the most frequent first
    outages: tuple[Outage, ...]
    steady: Judgement | None  # at the end; None while it is not over

    @property
    def probe(self) -> Probe:
        """Who asked."""
        return self.measured.probe

    @property
    def failed(self) -> int:
        """How many answers were not well."""
        return sum(count for _, count in self.errors)

    @property
    def noticed(self) -> timedelta | None:
        """From the fault until the first error had come; None: nothing was noticed."""
        return self.measured.detection

    @property
    def is_back(self) -> bool:
        """Whether it is well for good, or was never out."""
        return not self.outages or self.measured.recovered is not None

    @property
    def away(self) -> timedelta | None:
        """From the first error to the last, ± `error`; nothing where there was none, None when it is out."""
        recovered = self.measured.recovered
        if not self.outages:
            return NONE
        return recovered.at - self.outages[0].began.at if recovered else None

    @property
    def out(self) -> timedelta:
        """All outages together; one that lasts, until now."""
        until = self.measured.until
        return sum(((one.ended.at if one.ended else until) - one.began.at for one in self.outages), NONE)

    @property
    def error(self) -> timedelta:
        """By how much `away` may be wrong."""
        recovered = self.measured.recovered
        if not self.outages:
            return NONE
        return self.outages[0].began.error + (recovered.error if recovered else NONE)

    @property
    def unseen(self) -> timedelta:
        """The longest time from the fault on in which nobody asked."""
        fault = self.measured.fault or self.measured.since
        seen = (one.until - max(one.since, fault) for one in self.measured.gaps if one.until > fault)
        return max(seen, default=NONE)

    @property
    def slower(self) -> tuple[float, float] | None:
        """Seconds that 95 % of its good answers took at most before the fault and meanwhile, if much more."""
        return slower(self.measured.before, self.measured.during) if self.probe.kind in FROM_TOBAN else None

    @property
    def in_time(self) -> bool:
        """Whether it was never out, or back in its time; what is within the error counts as in time."""
        return self.away is not None and self.away <= self.probe.back_within + self.error

    @property
    def held(self) -> bool:
        """Whether all that was supposed of it was so."""
        return self.in_time and (self.steady is None or self.steady.ok)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A drill and how its probes fared."""

    drill: Drill
    probes: tuple[Fared, ...]
    until: datetime  # its end, or now

    @property
    def held(self) -> bool | None:
        """Whether the hypothesis held.

        None: nothing was broken, it is not over, or it was ended early or not watched, and nothing speaks
        against it.
        """
        drill = self.drill
        if drill.broken is None:
            return None
        if (drill.ended or drill.stopped) and (self.late or not all(one.held for one in self.probes)):
            return False
        return None if drill.ended is None or drill.stopped or self.blind else True

    @property
    def blind(self) -> Fared | None:
        """A probe that nobody asked for longer than it may be away: it may have been, and nobody saw it."""
        return next((one for one in self.probes if one.unseen > one.probe.back_within), None)

    @property
    def late(self) -> Fared | None:
        """The probe that was well again latest, where that was later than all was put back and `after`."""
        drill, found = self.drill, [one for one in self.probes if one.outages and one.measured.recovered]
        if drill.restored is None or not found:
            return None
        last = max(found, key=_recovered)
        return last if _recovered(last) > drill.restored + drill.spec.after else None

    @property
    def worst(self) -> Fared | None:
        """The probe that was away longest; None when none was."""
        out = [one for one in self.probes if one.outages]
        return max(out, key=lambda one: (one.away is None, one.away or one.out), default=None)

    @property
    def noticed(self) -> Fared | None:
        """The probe that noticed the fault first; None when none did."""
        first = [(one.noticed, number) for number, one in enumerate(self.probes) if one.noticed is not None]
        return self.probes[min(first)[1]] if first else None


def _recovered(one: Fared) -> datetime:
    """When it was well for good, at the earliest: what is within the error counts as in time."""
    recovered = one.measured.recovered
    return recovered.at - recovered.error if recovered else one.measured.until


def of(drill: Drill, samples: Sequence[Sample], now: datetime) -> Verdict:
    """What all samples of a drill have shown so far."""
    until = drill.ended or now
    return Verdict(drill, tuple(_fared(drill, probe, samples, until) for probe in drill.spec.probes), until)


def _fared(drill: Drill, probe: Probe, samples: Sequence[Sample], until: datetime) -> Fared:
    """Errors before the fault are none of its."""
    own, fault = told(samples, probe), drill.broken or drill.begun
    found = measure(own, probe, drill.begun, until, drill.broken, drill.restored)
    later = [one for one in own if fault <= one.at <= until]
    good = max(GOOD, min(drill.spec.before, drill.spec.after), 2 * probe.every)
    return Fared(
        measured=found,
        asked=len(later),
        errors=tuple(Counter(one.error for one in later if not one.ok).most_common()),
        outages=tuple(_counted(found, own, fault)),
        steady=steady(own, probe, until - good, until) if drill.ended and drill.restored else None,
    )


def _counted(found: Measured, own: Sequence[Sample], fault: datetime) -> Iterator[Outage]:
    """As a recovery is measured: single errors are none of the fault's where there were some before it."""
    used_to_fail = any(not one.ok and answered(one) < fault for one in own)
    for one in found.outages:
        if (one.ended is None or one.ended.at >= fault) and (one.asked > 1 or not used_to_fail):
            yield one
