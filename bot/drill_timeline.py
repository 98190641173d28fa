"""A drill as a timeline: its samples in at most 120 steps, the outages that count, stages, marks.  Pure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median

from bot.drill import Drill, Mark
from bot.drill_flags import flags
from bot.drill_glance import percent, title
from bot.drill_windows import windows
from bot.probe import FROM_TOBAN, Sample
from bot.timeline import Span, Stage, Timeline, Track
from bot.verdict import Fared
from bot.verdict import of as verdict_of
from bot.words import Words, plural, words

MOST, TRACKS = 120, 6  # steps; probes
STEPS = (1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1800, 3600)  # seconds


def of(drill: Drill, samples: Sequence[Sample], marks: Sequence[Mark], now: datetime) -> Timeline:
    """All of it from the begin to the end, or to now."""
    end = max(drill.ended or now, drill.begun + timedelta(seconds=1))
    step = _step(end - drill.begun)
    axis = _Axis(drill.begun, step, -((drill.begun - end) // step))
    fared = verdict_of(drill, samples, now).probes
    tracks = [axis.track(one, samples, end) for one in fared]
    kept = _worst(tracks)
    return Timeline(
        title=words("#{number} · {what}", number=drill.number, what=title(drill)),
        alt=_alt(tracks, {one.probe.name for one in fared if one.unseen}, end - drill.begun),
        begin=drill.begun,
        step=step,
        zero=drill.broken or drill.begun,
        tracks=kept,
        spans=tuple(_spans(drill, end)),
        flags=flags([one for one in marks if drill.begun <= one.at <= end]),
        left_out=len(tracks) - len(kept),
    )


@dataclass(frozen=True, slots=True)
class _Axis:
    """Which step a moment belongs to."""

    begin: datetime
    step: timedelta
    steps: int

    def track(self, fared: Fared, samples: Sequence[Sample], end: datetime) -> Track:
        """What one probe was answered."""
        probe = fared.probe
        named = (one for one in samples if one.probe == probe.name and one.tells)
        own = [one for one in named if self.begin <= one.at <= end]
        cells = [_Cell() for _ in range(self.steps)]
        for one in own:
            cells[min((one.at - self.begin) // self.step, self.steps - 1)].add(one)
        timed = probe.kind in FROM_TOBAN  # what AWS is asked about says nothing of how long a user waits
        return Track(
            name=probe.name,
            shares=_held([cell.share for cell in cells], 1 - (-probe.every // self.step)),
            median=tuple(cell.median if timed else None for cell in cells),
            slowest=tuple(cell.slowest if timed else None for cell in cells),
            windows=windows(fared.outages, end),
        )


@dataclass(slots=True)
class _Cell:
    """One step of one probe."""

    asked: int = 0
    took: list[float] = field(default_factory=list)  # of those that were well

    def add(self, one: Sample) -> None:
        self.asked += 1
        if one.ok:
            self.took.append(one.took)

    @property
    def share(self) -> int | None:
        return percent(len(self.took), self.asked)

    @property
    def median(self) -> int | None:
        return round(1000 * median(self.took)) if self.took else None

    @property
    def slowest(self) -> int | None:
        return round(1000 * max(self.took)) if self.took else None


def _step(length: timedelta) -> timedelta:
    """The smallest round step of which at most 120 are needed."""
    seconds = length.total_seconds()
    return timedelta(seconds=next((one for one in STEPS if seconds / one <= MOST), -(-seconds // MOST)))


def _held(shares: Sequence[int | None], steps: int) -> tuple[int | None, ...]:
    """An answer holds until the next one is due: a probe may be slower than the axis."""
    made: list[int | None] = []
    last, age = None, 0
    for share in shares:
        last, age = (share, 0) if share is not None else (last, age + 1)
        made.append(last if age < steps else None)
    return tuple(made)


def _worst(tracks: Sequence[Track]) -> tuple[Track, ...]:
    """As many as have room, in their order: those that were out longest."""
    if len(tracks) <= TRACKS:
        return tuple(tracks)
    kept = sorted(range(len(tracks)), key=lambda at: (-_out(tracks[at]), at))[:TRACKS]
    return tuple(tracks[at] for at in sorted(kept))


def _out(track: Track) -> timedelta:
    return sum((one.length for one in track.windows), timedelta())


def _spans(drill: Drill, end: datetime) -> Iterable[Span]:
    """The stages that it has come to; one that never came is not there."""
    edges = [
        (Stage.STEADY, drill.begun),
        (Stage.BROKEN, drill.broken),
        (Stage.BACK, drill.returning),
        (Stage.AFTER, drill.restored),
    ]
    there = [(stage, at) for stage, at in edges if at is not None]
    for (stage, begin), until in zip(there, [*(at for _, at in there[1:]), end], strict=True):
        yield Span(stage, begin, max(begin, until))


def _alt(tracks: Sequence[Track], unseen: Collection[str], length: timedelta) -> Words:
    """The picture in a sentence; `unseen` are the probes that were not asked all the time."""
    if not tracks:
        return words("No probe was asked.")
    whole = timedelta(seconds=round(length.total_seconds()))
    return words("In {length}: {probes}.", length=whole, probes=tuple(_said(one, unseen) for one in tracks))


def _said(track: Track, unseen: Collection[str]) -> Words:
    if not track.windows and track.name in unseen:
        return words("{probe} was well as far as somebody asked", probe=track.name)
    if not track.windows:
        return words("{probe} was always well", probe=track.name)
    return plural(
        "{probe} was out once, for {length}",
        "{probe} was out {n} times, for {length} in all",
        len(track.windows),
        probe=track.name,
        length=timedelta(seconds=round(_out(track).total_seconds(), 1)),
    )
