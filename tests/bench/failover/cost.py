"""What asking costs: five targets, ten times a second each."""

from collections.abc import Sequence

from tests.bench.child import child
from tests.bench.figure import Figure
from tests.bench.spread import median

TARGETS = 5
SECONDS = 4
ROUNDS = 3  # of each, in turn
A_SECOND = 10 * TARGETS
MOST = 3  # percent of a core


def measure() -> Sequence[Figure]:
    """CPU (user and system) of the process that asks; who answers is another."""
    spent: dict[str, list[float]] = {"toban": [], "script": []}
    with child("tests.bench.children.well_web", str(TARGETS)) as web:
        ports = [str(port) for port in web.says()]
        for _ in range(ROUNDS):
            for name, used in spent.items():
                with child(f"tests.bench.children.{name}_probes", str(SECONDS), *ports) as process:
                    told = process.says()
                assert told["asked"] >= 0.9 * A_SECOND * SECONDS, told
                used.append(100 * told["cpu"] / told["wall"])
    toban, script = median(spent["toban"]), median(spent["script"])
    name = f"CPU of {TARGETS} targets at 10/s"
    return [Figure(name, toban, MOST, "% of a core", script, "http.client alone")]
