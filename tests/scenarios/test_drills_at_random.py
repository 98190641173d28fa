"""A failure test while anything happens in any order: time, deaths, restarts, aborts, *continue*.

Hypothesis writes the stories and, when one ends badly, shortens it.  The invariant is `ends_well`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aws.account import Accounts
from playground.aws.server import LocalAws
from tests.house import clients_of
from tests.scenarios.conftest import ACCOUNT, DEV, TOKYO
from tests.scenarios.dies import Death, Killed
from tests.scenarios.drill_ends import ends_well
from tests.scenarios.drill_kinds import KINDS
from tests.scenarios.drill_lives import Life, Lives
from tests.scenarios.drill_orders import rest
from tests.scenarios.every_field import shown
from tests.scenarios.points import EVERY

STORIES = 300 if EVERY else 8  # of a kind


@dataclass(frozen=True)
class Move:
    """Something happens; how much of it is seconds, or moments until a death."""

    name: str
    much: int = 0

    def __call__(self, life: Life) -> None:
        MOVES[self.name](life, self.much)


class Restarted(Exception):
    """toban is started anew, in order."""


def restart(_life: Life, _much: int) -> None:
    raise Restarted


MOVES: dict[str, Callable[[Life, int], None]] = {
    "pass": lambda life, seconds: life.turn(seconds),
    "die in": lambda life, moments: life.death.come(moments),
    "restart": restart,
    "abort": lambda life, _: life.abort(),
    "abort by line": lambda life, _: life.abort_by_line(),
    "continue": lambda life, _: life.let_go_on(),
}
moves = st.one_of(
    st.builds(Move, st.just("pass"), st.integers(0, 9)),
    st.builds(Move, st.just("die in"), st.integers(1, 60)),
    st.builds(Move, st.sampled_from(("restart", "continue"))),
    st.builds(Move, st.sampled_from(("abort", "abort by line"))),
)
stories = st.lists(moves, min_size=3, max_size=12)


def tell(lives: Lives, story: Sequence[Move]) -> None:
    """All of it, over as many lives as it takes; how long nobody is there is the next move's own."""
    left = list(story)
    while left:
        with lives.open() as life:
            try:
                life.goes_on = False
                life.begin()
                while left:
                    left.pop(0)(life)
            except Restarted:
                pass
            except Killed:
                assert lives.death.came
            lives.death.come(0)
        lives.pass_(left[0].much if left else 0)


@pytest.fixture(scope="module")
def clients(one_local_aws: LocalAws) -> Iterator[Accounts]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in one_local_aws.environment(ACCOUNT, TOKYO).items():
            patch.setenv(name, value)
        made = clients_of([DEV])
        yield made
        made.close()


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("name", ["bucket", "region"])
def test_whatever_happens_in_whatever_order_it_ends_exactly_as_it_began(
    name: str, local_aws: LocalAws, clients: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    death = Death()
    death.waits_on_the_wire(monkeypatch)

    @settings(
        max_examples=STORIES,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(stories)
    def told(story: Sequence[Move]) -> None:
        with TemporaryDirectory() as folder:
            lives = Lives(Path(folder) / "lives", KINDS[name], local_aws, death, clients)
            before = shown(local_aws)
            tell(lives, story)
            lives.live(rest)
            ends_well(lives, before, name, story)

    told()
