"""How many calls a plan makes: one for each thousand instances, and a constant."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from bot.engine import Engine
from bot.operation import State
from tests.bench import at_home
from tests.bench.figure import Figure
from tests.bench.stub import stub

PAGE = 1000
CONSTANT = 3  # a role once a process; types and open sessions, for what a stop would take away
SIZES = (1000, 2000, 5000)
LINE = "/ec2 stop all --account dev --region ap-northeast-1"


def measure() -> Sequence[Figure]:
    """The calls of one plan at each size, counted by the stub; and what is left without the pages."""
    counted = {size: _calls(size) for size in SIZES}
    lines = [
        Figure(
            f"calls to plan {size:,} instances", calls, pages + CONSTANT, reference=pages, of="pages of 1,000"
        )
        for size, calls in counted.items()
        for pages in [-(-size // PAGE)]
    ]
    rest = [calls - -(-size // PAGE) for size, calls in counted.items()]
    return [*lines, Figure("… of which grow with n beyond the pages", max(rest) - min(rest), 0)]


def _calls(instances: int) -> int:
    with (
        tempfile.TemporaryDirectory() as name,
        stub(instances) as aws,
        at_home.house(Path(name), aws.url) as home,
    ):
        number = at_home.ask(home, LINE)
        Engine(home.path, home.bell).run_until_idle()
        assert at_home.state(home, number) is State.WAITING
        return sum(aws.calls().values())
