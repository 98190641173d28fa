"""Whether a drill has to end before its time, and why.  Pure; none is without a condition that ends it."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from bot.drill import Alarm, Drill, Phase
from bot.measure import error_share
from bot.operation import StepRow
from bot.probe import Sample
from bot.store.marks import GATE
from bot.words import Words, words
from jobs.drills.course import Course

OVER_TIME = timedelta(seconds=30)  # that the way back may begin late, before everything is ended by force
BLIND = timedelta(seconds=30)  # that AWS may keep its alarms to itself while something is broken
ENOUGH = 5  # answers, before a share says anything


def why_end(
    drill: Drill,
    course: Course,
    samples: Sequence[Sample],
    ringing: Collection[Alarm],
    now: datetime,
    blind: timedelta = timedelta(0),
) -> Words | None:
    """The reason to end it now; None: let it go on.  `samples` are those of its last minutes.

    `blind` is for how long its alarms could not be seen.
    """
    if drill.phase in {Phase.BACK, Phase.AFTER, Phase.OVER} or drill.stopped:
        return None
    if course.failed:
        return _not_as_planned(course.failed[0])
    rings = next((alarm for alarm in drill.spec.stop_alarms if alarm in ringing), None)
    if rings is not None:
        return words("the alarm {name} rings", name=rings.name)
    if drill.broken is None:
        return None
    return _while_broken(drill, drill.broken, course, blind, now) or _too_many(drill, samples, now)


def _while_broken(
    drill: Drill, broken: datetime, course: Course, blind: timedelta, now: datetime
) -> Words | None:
    """Its alarms are hidden, or its time is over."""
    if blind > BLIND:
        return words("nobody can see whether its alarms ring")
    if course.lasting and now >= broken + drill.spec.lasts + OVER_TIME:
        return words("its {lasts} are over, and nothing was put back yet", lasts=drill.spec.lasts)
    return None


def _not_as_planned(row: StepRow) -> Words:
    """A gate says itself that nobody opened it; what else failed could not be broken."""
    if row.step.target.type == GATE and row.reason:
        return row.reason
    what = row.step.target.name or row.step.target.id
    return words("{what} could not be broken as planned: {why}", what=what, why=row.reason or words("–"))


def _too_many(drill: Drill, samples: Sequence[Sample], now: datetime) -> Words | None:
    """More fail than may, for as long as the probe says that users may be out."""
    most = drill.spec.stop_errors
    if most is None or drill.broken is None:
        return None
    for probe in drill.spec.probes:
        since = now - probe.back_within
        if since < drill.broken:
            continue
        asked = [one for one in samples if one.probe == probe.name and one.at >= since]
        if len(asked) >= ENOUGH and (share := error_share(asked)) > most:
            return words(
                "{share} % of what {probe} asked in the last {window} failed",
                share=round(share * 100),
                probe=probe.name,
                window=probe.back_within,
            )
    return None
