"""What one look at every account costs in memory, beside a look at one place."""

from collections.abc import Sequence
from typing import Any

from tests.bench import environment
from tests.bench.child import child
from tests.bench.figure import Figure
from tests.bench.stub import Stub, stub

ACCOUNTS = 50  # of two regions each
INSTANCES = 20  # in each place
MORE_MB = 60


def measure() -> Sequence[Figure]:
    """The most memory of each process, which ends afterwards."""
    with stub(INSTANCES) as aws:
        one, all_ = _swept(aws, 0), _swept(aws, ACCOUNTS)
    assert (one["places"], all_["places"]) == (1, 2 * ACCOUNTS)
    name = f"memory to sweep {ACCOUNTS} accounts × 2 regions"
    return [Figure(name, all_["peak"], one["peak"] + MORE_MB, "MB", reference=one["peak"], of="of one place")]


def _swept(aws: Stub, accounts: int) -> dict[str, Any]:
    with child("tests.bench.children.sweep", str(accounts), environment=environment.aws(aws.url)) as process:
        told: dict[str, Any] = process.says()
    return told
