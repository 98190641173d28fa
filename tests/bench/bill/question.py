"""Questions over thirteen months of daily figures."""

from collections.abc import Sequence

from tests.bench import environment
from tests.bench.bill.explorer import ACCOUNTS, explorer
from tests.bench.child import child
from tests.bench.figure import Figure


def measure() -> Sequence[Figure]:
    """The slowest of four questions, each the median of seven."""
    asked = "tests.bench.children.toban_question"
    with explorer() as url, child(asked, url, environment=environment.aws(url)) as process:
        told = process.says()
    return [Figure(f"a question over 13 months of {ACCOUNTS} accounts", 1000 * told["slowest"], 100, "ms")]
