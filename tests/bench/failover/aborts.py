"""How long after an abort all is put back, while AWS throttles half of all calls and workers are busy."""

import tempfile
from collections.abc import Sequence

from tests.bench.child import child
from tests.bench.figure import Figure
from tests.bench.spread import percentile

ROUNDS = 4  # of ten aborts
MOST = 5  # s


def measure() -> Sequence[Figure]:
    """From the committed abort to AWS having accepted the last way back."""
    with (
        tempfile.TemporaryDirectory() as folder,
        child("tests.bench.children.toban_aborts", folder, str(ROUNDS)) as process,
    ):
        late = process.says()["late"]
    name = f"put back after an abort while AWS throttles, {len(late)} aborts"
    return [
        Figure(f"{name}, p50", percentile(late, 50), MOST, "s"),
        Figure(f"{name}, p99", percentile(late, 99), MOST, "s"),
    ]
