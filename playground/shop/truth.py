"""When the shop's users saw errors: written down at the moment at which the system itself changed.

It is not probed but known, so a measurement can be held against it.  A change says what becomes of pages
that are asked for from then on; one that was asked for before ends as it began.
"""

import json
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

FRONT, PICTURE = "front", "picture"
SLOW = "slow"  # an answer, and late: no error


@dataclass(frozen=True, slots=True)
class Change:
    """From now on pages end so."""

    at: datetime
    page: str
    shares: Mapping[
        str, float
    ]  # by how they end: 504, 502, 503, 500, 403, slow; what is missing to 1 is well


@dataclass(frozen=True, slots=True)
class Window:
    """A time in which there was an error of one kind."""

    kind: str
    begin: datetime
    end: datetime | None  # None: it is not over
    share: float  # of pages, at the worst


class Truth:
    """All changes since the shop opened; safe from many threads."""

    def __init__(
        self, path: Path | None = None, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._path, self._now = path, now
        self._changes: list[Change] = []
        self._last: dict[str, Mapping[str, float]] = {}
        self._lock = threading.Lock()

    def note(self, page: str, outcomes: Mapping[str, float]) -> None:
        """Write down what users meet, if it is something else than before."""
        shares = {kind: round(share, 6) for kind, share in sorted(outcomes.items()) if kind and share > 1e-6}
        with self._lock:
            if self._last.get(page) == shares:
                return
            self._last[page] = shares
            change = Change(self._now(), page, shares)
            self._changes.append(change)
            if self._path:
                with self._path.open("a", encoding="utf-8") as log:
                    log.write(json.dumps(_row(change)) + "\n")

    def changes(self, page: str = FRONT) -> tuple[Change, ...]:
        """What is written down of a page, oldest first."""
        with self._lock:
            return tuple(one for one in self._changes if one.page == page)

    def windows(self, page: str = FRONT) -> tuple[Window, ...]:
        """The times of errors, by kind, in the order in which they began."""
        return windows(self.changes(page))

    def outages(self, page: str = FRONT) -> tuple[Window, ...]:
        """The times in which there were errors of any kind."""
        return outages(self.changes(page))

    @property
    def now(self) -> Mapping[str, float]:
        """What becomes of the front page at this moment; empty: all is well."""
        with self._lock:
            return self._last.get(FRONT, {})


def windows(changes: Sequence[Change]) -> tuple[Window, ...]:
    """The times of errors in these changes of one page, by kind."""
    kinds = {kind for one in changes for kind in one.shares}
    found = [
        each for kind in kinds for each in _runs(kind, ((one.at, one.shares.get(kind, 0)) for one in changes))
    ]
    return tuple(sorted(found, key=lambda one: (one.begin, one.kind)))


def outages(changes: Sequence[Change]) -> tuple[Window, ...]:
    """The times of errors of any kind; what is only slow is none."""
    worst = ((one.at, sum(share for kind, share in one.shares.items() if kind != SLOW)) for one in changes)
    return tuple(_runs("any", worst))


def read(path: Path, page: str = FRONT) -> tuple[Change, ...]:
    """Read what was written to a file."""
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return tuple(
        Change(datetime.fromisoformat(row["at"]), row["page"], row["shares"])
        for row in rows
        if row["page"] == page
    )


def _runs(kind: str, shares: Iterable[tuple[datetime, float]]) -> Iterable[Window]:
    begin, worst = None, 0.0
    for at, share in shares:
        if share:
            begin, worst = begin or at, max(worst, share)
        elif begin:
            yield Window(kind, begin, at, worst)
            begin, worst = None, 0.0
    if begin:
        yield Window(kind, begin, None, worst)


def _row(change: Change) -> Mapping[str, object]:
    return {"at": change.at.isoformat(), "page": change.page, "shares": dict(change.shares)}
