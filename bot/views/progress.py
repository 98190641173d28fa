"""How far an operation is: done of total, a bar, a rate, the time left; at its end the whole sum."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.operation import STEP_ENDS, Report, StepState
from bot.views.speaker import Speaker
from bot.words import Words, words

BAR = 20  # characters


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an operation is at one moment."""

    finished: int  # steps that reached an end, whichever
    total: int
    a_minute: float  # steps finished a minute since it began
    left: timedelta | None  # at this rate; None when nothing can be said
    until: datetime | None = None  # nothing is under way until then

    @property
    def share(self) -> float:
        """Finished steps of all steps, from 0 to 1."""
        return self.finished / self.total if self.total else 0.0


def progress(report: Report, now: datetime) -> Progress:
    """Measure a running operation."""
    finished = sum(number for state, number in report.counts.items() if state in STEP_ENDS)
    started = report.operation.started
    seconds = (now - started).total_seconds() if started else 0.0
    if report.until is not None:  # how long the rest takes is no matter of the rate
        return Progress(finished, report.total, 0.0, None, None if _is_busy(report) else report.until)
    if finished <= 0 or seconds < 1:
        return Progress(finished, report.total, 0.0, None)
    rate = finished / seconds
    return Progress(finished, report.total, rate * 60, timedelta(seconds=(report.total - finished) / rate))


def _is_busy(report: Report) -> bool:
    return any(report.counts.get(state) for state in (StepState.SENT, StepState.AWAITING))


def progress_line(measured: Progress, speak: Speaker) -> str:
    """The bar and the numbers on one line."""
    filled = int(measured.share * BAR)
    parts = [
        f"{'▓' * filled}{'░' * (BAR - filled)} {int(measured.share * 100)}%",
        speak.text(words("step {done} of {total}", done=measured.finished, total=measured.total)),
    ]
    if measured.a_minute >= 1:
        parts.append(speak.text(words("{rate} a minute", rate=round(measured.a_minute))))
    if measured.until:
        parts.append(speak.text(words("waits until {at}", at=measured.until)))
    if measured.left and measured.finished < measured.total:
        parts.append(speak.text(words("about {left} left", left=measured.left)))
    return " · ".join(parts)


def tally(report: Report, speak: Speaker) -> str:
    """Every step counted once, by how it ended; the parts add up to the total."""
    parts = [speak.text(_counted(state, report.counts.get(state, 0))) for state in _told(report.counts)]
    return f"{' · '.join(parts)} = {speak.text(words('{n} in all', n=report.total))}"


def _told(counts: Mapping[StepState, int]) -> list[StepState]:
    """Done and failed always, the others when there are any."""
    always = {StepState.DONE, StepState.FAILED}
    order = (StepState.DONE, StepState.FAILED, StepState.SKIPPED, StepState.UNKNOWN)
    rest = (StepState.AWAITING, StepState.SENT, StepState.PLANNED)
    return [state for state in (*order, *rest) if state in always or counts.get(state)]


def _counted(state: StepState, n: int) -> Words:
    said = {
        StepState.DONE: words("{n} done", n=n),
        StepState.FAILED: words("{n} failed", n=n),
        StepState.SKIPPED: words("{n} skipped", n=n),
        StepState.UNKNOWN: words("{n} unknown", n=n),
        StepState.AWAITING: words("{n} not confirmed", n=n),
        StepState.SENT: words("{n} being sent", n=n),
        StepState.PLANNED: words("{n} not begun", n=n),
    }
    return said[state]
