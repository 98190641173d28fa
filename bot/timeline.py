"""A timeline as data: what users saw, and beside it what happened, on one axis.

What a picture of it, a message and a report all say alike.  A leaf of bot/: it imports no other part of bot/
but `words`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from bot import words
from bot.words import Words


class Stage(StrEnum):
    """What was done to the system meanwhile."""

    STEADY = "steady"  # nothing yet
    BROKEN = "broken"  # the fault goes in, or is in
    BACK = "back"  # the way back is under way
    AFTER = "after"  # all is put back


class Sign(StrEnum):
    """Who says that something happened."""

    TOBAN = "toban"
    AWS = "aws"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Window:
    """From when to when one probe was not answered well, in one way after the other."""

    begin: datetime
    end: datetime
    over: bool = True  # or it lasts still
    errors: tuple[tuple[str, datetime], ...] = ()  # such as 504, each with the moment from which on

    @property
    def length(self) -> timedelta:
        """How long it lasted, or has lasted so far."""
        return self.end - self.begin


@dataclass(frozen=True, slots=True)
class Track:
    """What one probe was answered, a step of the axis after the other; None: it was not answered for."""

    name: str
    shares: tuple[int | None, ...]  # percent that were well: 100 only if all were, 0 only if none was
    median: tuple[int | None, ...]  # milliseconds of the answers that were well
    slowest: tuple[int | None, ...]
    windows: tuple[Window, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """A stage, from when to when."""

    stage: Stage
    begin: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Flag:
    """Something that happened."""

    at: datetime
    sign: Sign
    said: Words


@dataclass(frozen=True, slots=True)
class Timeline:
    """All of it."""

    title: Words
    alt: Words  # the same in a sentence, for who does not see it
    begin: datetime
    step: timedelta  # so long is one value of a track
    zero: datetime  # from which people count: when the fault began
    tracks: tuple[Track, ...]
    spans: tuple[Span, ...] = ()
    flags: tuple[Flag, ...] = ()  # in order
    left_out: int = 0  # probes that have no track

    @property
    def steps(self) -> int:
        """How many values a track has; one at least."""
        return max(1, *(len(track.shares) for track in self.tracks)) if self.tracks else 1

    @property
    def end(self) -> datetime:
        """Where the axis ends."""
        return self.begin + self.step * self.steps


def offset(after: timedelta) -> str:
    """How people count from a moment: "+1:20", "−0:10", "+1:02:03"."""
    seconds = round(after.total_seconds())
    minutes, rest = divmod(abs(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    size = f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
    return f"{'−' if seconds < 0 else '+'}{size}"


def length(lasted: timedelta) -> str:
    """A length in few letters, the same in every language: "3.4 s", "91 s", "4:05 min", "1:02:03 h"."""
    seconds = lasted.total_seconds()
    if seconds < 9.95:
        return f"{seconds:.1f} s"
    if seconds < 119.5:
        return f"{seconds:.0f} s"
    size = offset(lasted)[1:]
    return f"{size} h" if size.count(":") == 2 else f"{size} min"


def to_json(line: Timeline) -> dict[str, Any]:
    """The form that is stored; `from_json` reads it back."""
    return {
        "title": words.to_json(line.title),
        "alt": words.to_json(line.alt),
        "begin": line.begin.isoformat(),
        "step": line.step.total_seconds(),
        "zero": line.zero.isoformat(),
        "tracks": [_track(track) for track in line.tracks],
        "spans": [[span.stage, span.begin.isoformat(), span.end.isoformat()] for span in line.spans],
        "flags": [[flag.at.isoformat(), flag.sign, words.to_json(flag.said)] for flag in line.flags],
        "left_out": line.left_out,
    }


def from_json(stored: dict[str, Any]) -> Timeline:
    """Read what `to_json` wrote."""
    moment = datetime.fromisoformat
    return Timeline(
        title=words.from_json(stored["title"]),
        alt=words.from_json(stored["alt"]),
        begin=moment(stored["begin"]),
        step=timedelta(seconds=stored["step"]),
        zero=moment(stored["zero"]),
        tracks=tuple(map(_track_from, stored["tracks"])),
        spans=tuple(Span(Stage(stage), moment(begin), moment(end)) for stage, begin, end in stored["spans"]),
        flags=tuple(
            Flag(moment(at), Sign(sign), words.from_json(said)) for at, sign, said in stored["flags"]
        ),
        left_out=stored["left_out"],
    )


def _track(track: Track) -> list[Any]:
    windows = [
        [
            one.begin.isoformat(),
            one.end.isoformat(),
            one.over,
            [[name, at.isoformat()] for name, at in one.errors],
        ]
        for one in track.windows
    ]
    return [track.name, list(track.shares), list(track.median), list(track.slowest), windows]


def _track_from(stored: list[Any]) -> Track:
    name, shares, median, slowest, windows = stored
    return Track(name, tuple(shares), tuple(median), tuple(slowest), tuple(map(_window, windows)))


def _window(stored: list[Any]) -> Window:
    begin, end, over, errors = stored
    moment = datetime.fromisoformat
    return Window(moment(begin), moment(end), over, tuple((name, moment(at)) for name, at in errors))
