"""How late questions are asked while the bot works: the same process plans and stops 5,000 instances."""

import tempfile
from collections.abc import Sequence
from typing import Any

from tests.bench import environment
from tests.bench.child import child
from tests.bench.failover.cost import TARGETS
from tests.bench.figure import AT_LEAST, Figure
from tests.bench.spread import median, percentile
from tests.bench.stub import stub

INSTANCES = 5000
ROUNDS = 3
MOST = 100  # ms


def measure() -> Sequence[Figure]:
    """Three operations, each in a house of its own; who answers, and AWS, are other processes."""
    with stub(INSTANCES) as aws, child("tests.bench.children.well_web", str(TARGETS)) as web:
        ports = [str(port) for port in web.says()]
        rounds = []
        for _ in range(ROUNDS):
            aws.reset()
            rounds.append(_round(aws.url, ports))
    late = [[1000 * seconds for seconds in one["late"]] for one in rounds]
    p99 = median([percentile(one, 99) for one in late])
    errors = sum(len(set(one["errors"]) - {"late"}) for one in rounds)
    return [
        Figure(f"late while {INSTANCES:,} steps are carried out, p99", p99, MOST, "ms"),
        Figure("questions asked meanwhile", sum(map(len, late)), 300, sign=AT_LEAST),
        Figure("errors that the work alone makes", errors, 0),
    ]


def _round(url: str, ports: Sequence[str]) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        arguments = "tests.bench.children.toban_probes_at_work", folder, url, *ports
        with child(*arguments, environment=environment.aws(url, environment.DEV)) as process:
            return process.says()
