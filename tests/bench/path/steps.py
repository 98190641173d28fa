"""What it costs the client to carry out 5,000 steps, beside a plain script that makes the same calls."""

import tempfile
from collections.abc import Sequence
from typing import Any

from tests.bench import environment
from tests.bench.child import child
from tests.bench.children.toban_stops import IN_A_CALL
from tests.bench.figure import Figure, times
from tests.bench.spread import median
from tests.bench.stub import Stub, stub

STEPS = 5000
FILTER = 200  # values EC2 takes in one filter
ROUNDS = 3  # of each, in turn
LEAST_CALLS = STEPS // IN_A_CALL + 2 * STEPS // FILTER


def measure() -> Sequence[Figure]:
    """CPU (user and system) from the approved plan to its end; imports and clients are not in it."""
    cpu: dict[str, list[float]] = {"toban": [], "script": []}
    with stub(STEPS) as aws:
        for _ in range(ROUNDS):
            calls = _toban(aws, cpu["toban"])
            _script(aws, calls, cpu["script"])
    toban, script = median(cpu["toban"]), median(cpu["script"])
    return [
        times(f"CPU to carry out {STEPS:,} steps", toban, script, 1.3, unit="s", of="script, same calls"),
        Figure(
            f"calls to carry out {STEPS:,} steps",
            sum(calls.values()),
            1.1 * LEAST_CALLS,
            reference=LEAST_CALLS,
            of="least",
        ),
    ]


def _toban(aws: Stub, cpu: list[float]) -> dict[str, int]:
    """Let toban stop them; returns the calls that were carrying out."""
    aws.reset()
    with tempfile.TemporaryDirectory() as folder:
        cpu.append(_spent("tests.bench.children.toban_stops", folder, aws.url, url=aws.url)["cpu"])
    calls = aws.calls()
    planning = -(-STEPS // 1000)
    return {
        "looks": calls["DescribeInstances"] - planning,
        "stops": calls["StopInstances"],
    }


def _script(aws: Stub, calls: dict[str, int], cpu: list[float]) -> None:
    """Let the script make as many looks, of as many ids each."""
    aws.reset()
    look = str(min(FILTER, -(-2 * STEPS // calls["looks"])))
    cpu.append(
        _spent("tests.bench.children.script_stops", str(STEPS), look, str(IN_A_CALL), url=aws.url)["cpu"]
    )


def _spent(*module: str, url: str) -> dict[str, Any]:
    with child(*module, environment=environment.aws(url, environment.DEV)) as process:
        spent: dict[str, Any] = process.says()
    assert spent["steps"] == {"done": STEPS}, spent
    return spent
