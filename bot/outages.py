"""When something was out, as questions tell that were asked at a rhythm.  Pure.

A question's answer belongs to the moment at which it was *asked*: something is out while who asks gets no
good answer.  That is exact for refused connections, and for a gateway that says 504 after ten seconds it is
the only moment that does not come ten seconds late.  So an outage begins between the last good and the first
bad question before it, and ends between the last bad and the first good one.  The middle of the two is the
estimate whose largest error is smallest: half of what lies between them, which is half an interval while
everybody is asked in time, and more where nobody asked.

What an answer leaves open beyond that widens the error and does not move the estimate: a question that was
not refused may have been asked before the fault and hit by it within the time that an answer usually takes;
and a first good answer that took longer than usual may have been waiting for the system to come back.

A leaf of bot/: it imports no other part of bot/ but `probe`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby, pairwise
from statistics import median

from bot.probe import Probe, Sample

AT_ONCE = frozenset({"refused", "name"})
"""Errors that tell how it was at the moment of asking, not later."""
SMALL = 2  # questions answered otherwise in between, which do not end a stretch of one error
PASSED_OVER = 2.5  # intervals between two questions: more is a gap
NONE = timedelta()


@dataclass(frozen=True, slots=True)
class Edge:
    """A moment that lies between two questions: the truth is within `at` ± `error`."""

    at: datetime
    error: timedelta
    seen: bool = True  # False: it was so already when the first was asked, and nobody knows since when


@dataclass(frozen=True, slots=True)
class Stretch:
    """Questions answered with the same error; a few others in between do not count."""

    error: str  # as Sample.error
    since: datetime  # when the first of them was asked
    until: datetime  # when the last was
    count: int


@dataclass(frozen=True, slots=True)
class Outage:
    """A time without good answers."""

    began: Edge
    ended: Edge | None  # None: it lasts
    stretches: tuple[Stretch, ...]  # such as 504, then 502, then refused; in order
    asked: int  # questions within it

    @property
    def length(self) -> timedelta | None:
        """How long it was, ± `error`; None: it lasts."""
        return self.ended.at - self.began.at if self.ended else None

    @property
    def error(self) -> timedelta:
        """By how much the length may be wrong."""
        return self.began.error + (self.ended.error if self.ended else NONE)


@dataclass(frozen=True, slots=True)
class Gap:
    """A time in which nobody asked, or nobody was told: whatever happened within it is not seen."""

    since: datetime
    until: datetime


def told(samples: Sequence[Sample], probe: Probe) -> list[Sample]:
    """What one probe was told, in the order in which it asked; what says nothing is left out."""
    own = (one for one in samples if one.probe == probe.name and one.tells)
    return sorted(own, key=lambda one: one.at)


def outages(samples: Sequence[Sample]) -> tuple[Outage, ...]:
    """Those of one probe, from what it was `told`."""
    usual = timedelta(seconds=median([one.took for one in samples if one.ok] or [0.0]))
    runs = [list(run) for _, run in groupby(samples, key=lambda one: one.ok)]
    return tuple(
        Outage(
            began=_edge(runs[number - 1][-1] if number else None, run[0], _hit_later(run[0], usual)),
            ended=_back(run[-1], runs[number + 1], usual) if number + 1 < len(runs) else None,
            stretches=_stretches(run),
            asked=len(run),
        )
        for number, run in enumerate(runs)
        if not run[0].ok
    )


def gaps(samples: Sequence[Sample], probe: Probe, since: datetime, until: datetime) -> tuple[Gap, ...]:
    """Where between two moments one probe was told nothing, from what it was `told` at all.

    The newest questions may still wait for their answers: so long before `until` nothing is missing.
    """
    longest = probe.every * PASSED_OVER
    asked = [one.at for one in samples if since <= one.at <= until]
    last = max([since, *asked, until - probe.timeout])
    return tuple(Gap(one, other) for one, other in pairwise([since, *asked, last]) if other - one > longest)


def _edge(before: Sample | None, after: Sample, later: timedelta) -> Edge:
    """Between two questions; the truth may lie by so much later than the second was asked."""
    if before is None:
        return Edge(after.at, NONE, seen=False)
    half = (after.at - before.at) / 2
    return Edge(before.at + half, half + later)


def _hit_later(bad: Sample, usual: timedelta) -> timedelta:
    """How long after it was asked a question may yet have been hit."""
    return NONE if bad.error in AT_ONCE else min(timedelta(seconds=bad.took), usual)


def _back(bad: Sample, good: Sequence[Sample], usual: timedelta) -> Edge:
    """The end: some answer, of those asked until the first came, waited least."""
    first = good[0]
    answered = first.at + timedelta(seconds=first.took)
    least = min(one.at + _waited(one, usual) for one in good if one.at <= answered)
    return _edge(bad, first, least - first.at)


def _waited(good: Sample, usual: timedelta) -> timedelta:
    """How much longer than usual an answer took."""
    return max(timedelta(seconds=good.took) - usual, NONE)


def _stretches(run: Sequence[Sample]) -> tuple[Stretch, ...]:
    """Runs of the same error; short ones in the midst of a longer one are passed over."""
    made: list[list[Sample]] = []
    for _, same in groupby(run, key=lambda one: one.error):
        made.append(list(same))
        while len(made) > 2 and len(made[-2]) <= SMALL and made[-3][0].error == made[-1][0].error:
            last, _between = made.pop(), made.pop()
            made[-1] += last
    return tuple(Stretch(one[0].error, one[0].at, one[-1].at, len(one)) for one in made)
