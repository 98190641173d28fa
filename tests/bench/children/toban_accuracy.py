"""toban measures outages that another process makes; prints what it found of all runs beside the truth.

Arguments: the first run, and how many.
"""

import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.measure import measure
from bot.probe import Kind, Probe, Sample
from bot.probing.asker import Asker
from bot.probing.prober import Prober
from tests.bench.child import child
from tests.bench.failover.drawn import EVERY, TIMEOUT

PATIENCE = TIMEOUT + 0.5  # seconds, for the last answers


class Watch:
    """One run, as toban sees it."""

    def __init__(self, port: int, ask: Asker) -> None:
        self.samples: list[Sample] = []
        rhythm, patience = timedelta(seconds=EVERY), timedelta(seconds=TIMEOUT)
        self.probe = Probe("site", Kind.HTTP, f"http://127.0.0.1:{port}/", rhythm, patience)
        self._prober = Prober([self.probe], self.samples.append, ask)
        self._prober.start()

    def compared(self, truth: Sequence[tuple[float, float, str]], until: float) -> dict[str, Any]:
        """Seconds by which each edge is wrong, and may be wrong; of the recovery alone, too."""
        self._prober.stop(PATIENCE)
        fault = moment(truth[0][0])
        found = measure(self.samples, self.probe, self.samples[0].at, moment(until), fault)
        edges = [edge for one in found.outages for edge in (one.began, one.ended) if edge]
        true = [at for begin, end, _ in truth for at in (begin, end)]
        same = len(edges) == len(true)
        return {
            "outages": len(truth),
            "found": len(found.outages),
            "recovery": found.recovered and found.recovered.at.timestamp() - truth[-1][1],
            "edges": [one.at.timestamp() - at for one, at in zip(edges, true, strict=True)] if same else [],
            "errors": [one.error.total_seconds() for one in edges],
        }


def moment(seconds: float) -> datetime:
    """Seconds since 1970 as a time."""
    return datetime.fromtimestamp(seconds, UTC)


def main() -> None:
    """Watch whatever is served until all runs are over."""
    first, count = sys.argv[1:]
    ask, watched = Asker(), dict[int, Watch]()
    found: list[dict[str, Any]] = []
    with child("tests.bench.children.breaking_web", first, count) as web:
        while len(found) < int(count):
            told = web.says()
            if "port" in told:
                watched[told["run"]] = Watch(told["port"], ask)
                continue
            found.append(watched.pop(told["run"]).compared(told["truth"], told["until"]))
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
