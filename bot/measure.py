"""What samples have measured: how users fared before, during and after a fault; whether all is well.  Pure.

How exact a moment is, and why, stands in `bot/outages.py`.  Commands may read this file.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.outages import Edge, Gap, Outage, gaps, outages, told
from bot.probe import Probe, Sample
from bot.words import Value, Words, words

ENOUGH = 5  # answers, before their times say anything
FELT = 0.05  # seconds that somebody may notice
HOLDS = 5  # intervals for which all must be well before a recovery is taken to last


@dataclass(frozen=True, slots=True)
class Latency:
    """How many seconds good answers took: what so many percent of them did not exceed."""

    p50: float
    p95: float
    p99: float
    count: int


@dataclass(frozen=True, slots=True)
class Measured:
    """How one probe fared from one moment to another."""

    probe: Probe
    since: datetime
    until: datetime
    fault: datetime | None  # when something was broken, if anything was
    asked: int  # questions that were told something
    failed: int
    errors: tuple[tuple[str, int], ...]  # each kind and how often, the most frequent first
    outages: tuple[Outage, ...]  # in order
    gaps: tuple[Gap, ...]
    detected: datetime | None  # when the first error after the fault had come
    recovered: Edge | None  # where the last stretch of good answers begins; None: not out, or not back
    before: Latency | None  # of those asked before the fault; None: no good answer
    during: Latency | None  # from the fault until all was well again, or put back where nothing was out
    after: Latency | None

    @property
    def well(self) -> float:
        """The share of good answers, 0 to 1; 1 for none."""
        return 1 - self.failed / self.asked if self.asked else 1.0

    @property
    def detection(self) -> timedelta | None:
        """From the fault to the first error."""
        return self.detected - self.fault if self.detected and self.fault else None

    @property
    def recovery(self) -> timedelta | None:
        """From the fault until all was well for good, ± `recovered.error`."""
        return self.recovered.at - self.fault if self.recovered and self.fault else None

    @property
    def out(self) -> timedelta:
        """All outages together; one that lasts, until now."""
        spans = ((one.ended.at if one.ended else self.until) - one.began.at for one in self.outages)
        return sum(spans, timedelta())


def measure(
    samples: Sequence[Sample],
    probe: Probe,
    since: datetime,
    until: datetime,
    fault: datetime | None = None,
    restored: datetime | None = None,
) -> Measured:
    """What one probe's samples, among those of others and in any order, say about a time.

    Where nothing was out, "afterwards" begins when all was `restored`.
    """
    own = [one for one in told(samples, probe) if since <= one.at <= until]
    failed = [one for one in own if not one.ok]
    found = outages(own)
    recovered = _recovered(own, probe, found, fault)
    begin, back = fault or until, recovered.at if recovered else None if found else restored
    end = back or until
    return Measured(
        probe=probe,
        since=since,
        until=until,
        fault=fault,
        asked=len(own),
        failed=len(failed),
        errors=tuple(Counter(one.error for one in failed).most_common()),
        outages=found,
        gaps=gaps(own, probe, since, until),
        detected=min((answered(one) for one in failed if fault and answered(one) >= fault), default=None),
        recovered=recovered,
        before=latency([one for one in own if one.at < begin]),
        during=latency([one for one in own if begin <= one.at < end]),
        after=latency([one for one in own if one.at >= end]) if back else None,
    )


def answered(sample: Sample) -> datetime:
    """When its answer came, or was given up."""
    return sample.at + timedelta(seconds=sample.took)


def latency(samples: Sequence[Sample]) -> Latency | None:
    """How long the good answers among these took, by nearest rank; None for none."""
    took = sorted(one.took for one in samples if one.ok)
    if not took:
        return None
    p50, p95, p99 = (took[-(-len(took) * percent // 100) - 1] for percent in (50, 95, 99))
    return Latency(p50, p95, p99, len(took))


def slower(before: Latency | None, during: Latency | None) -> tuple[float, float] | None:
    """What 95 % took at most, one beside the other, where that is at least twice as much and can be felt."""
    if before is None or during is None or min(before.count, during.count) < ENOUGH:
        return None
    felt = during.p95 >= 2 * before.p95 and during.p95 - before.p95 >= FELT
    return (before.p95, during.p95) if felt else None


def error_share(samples: Sequence[Sample], window: timedelta | None = None) -> float:
    """The share of errors among what was told, 0 to 1; 0 for nothing.

    With a window only what was told so shortly before the newest: by when answers came, since a question that
    hangs is not known to have failed before.
    """
    known = [one for one in samples if one.tells]
    if window is not None and known:
        newest = max(map(answered, known))
        known = [one for one in known if answered(one) > newest - window]
    return sum(not one.ok for one in known) / len(known) if known else 0.0


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a state is steady, and why it is or is not."""

    ok: bool
    why: Words


def steady(samples: Sequence[Sample], probe: Probe, since: datetime, until: datetime) -> Judgement:
    """Whether a probe was well from one moment to another: asked all the time, and within its tolerance."""
    own = [one for one in told(samples, probe) if since <= one.at <= until]
    objection = _unknown(own, probe, since, until) or _bad(own, probe)
    return Judgement(objection is None, objection or words("{probe}: {counts}", **_counted(own, probe)))


def _unknown(own: Sequence[Sample], probe: Probe, since: datetime, until: datetime) -> Words | None:
    """Why nobody can say."""
    if not own:
        return words("{probe} has not been told anything yet", probe=probe.name)
    lacks = sum((one.until - one.since for one in gaps(own, probe, since, until)), timedelta())
    if lacks:
        return words("{probe} was told nothing for {lacks} of this time", probe=probe.name, lacks=lacks)
    return None


def _bad(own: Sequence[Sample], probe: Probe) -> Words | None:
    """Why it is not well."""
    if error_share(own) > probe.errors:
        kinds = Counter(one.error for one in own if not one.ok).most_common()
        said = ", ".join(kind for kind, _ in kinds)
        return words("{probe}: {counts} ({kinds})", kinds=said, **_counted(own, probe))
    if not own[-1].ok:
        return words("{probe}: the newest answer is {error}", probe=probe.name, error=own[-1].error)
    return None


def _counted(own: Sequence[Sample], probe: Probe) -> dict[str, Value]:
    failed, most = sum(not one.ok for one in own), percent(probe.errors)
    counts = words(
        "{failed} of {n} answers were errors, {most} % may be", failed=failed, n=len(own), most=most
    )
    return {"probe": probe.name, "counts": counts}


def percent(share: float) -> str:
    """A share from 0 to 1 as a number of percents, without needless digits."""
    return f"{100 * share:.4g}"


def _recovered(
    own: Sequence[Sample], probe: Probe, found: Sequence[Outage], fault: datetime | None
) -> Edge | None:
    """The end of the last outage, once it has held; single errors like those before the fault are none."""
    used_to_fail = fault is not None and any(not one.ok and answered(one) < fault for one in own)
    counted = [one for one in found if one.asked > 1 or not used_to_fail]
    counted = [one for one in counted if fault is None or one.ended is None or one.ended.at >= fault]
    if not counted or (ended := counted[-1].ended) is None:
        return None
    return ended if own[-1].at - ended.at >= probe.every * HOLDS else None
