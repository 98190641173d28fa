"""The morning's post of a large organization: what it takes, and its picture."""

from collections.abc import Sequence

from tests.bench import environment
from tests.bench.bill.explorer import ACCOUNTS, SERVICES, explorer
from tests.bench.child import child
from tests.bench.figure import Figure
from tests.bench.spread import median

ROUNDS = 3


def measure() -> Sequence[Figure]:
    """Sixty days that nobody has asked for: read, kept, judged and drawn."""
    rounds = []
    with explorer() as url:
        for _ in range(ROUNDS):
            with child("tests.bench.children.toban_post", url, environment=environment.aws(url)) as process:
                rounds.append(process.says())
    assert len({one["total"] for one in rounds}) == 1, rounds
    name = f"the post of {ACCOUNTS} accounts × 60 days × {SERVICES} services"
    return [
        Figure(f"CPU of {name}", median([one["cpu"] for one in rounds]), 3, "s"),
        Figure(
            "its picture, matplotlib loaded", 1000 * median([one["picture"] for one in rounds]), 400, "ms"
        ),
        Figure("memory at most, with the picture", max(one["peak"] for one in rounds), 200, "MB"),
    ]
