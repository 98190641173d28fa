"""Every kind of failure test, killed at its moments, in every order: the estate ends exactly as it began.

A kind is a row of `drill_kinds`, an order one of `drill_orders`; the moments are all commits and requests of
an undisturbed life.  Every field of moto's state is compared, and what a plan declares as having no way back
is named in the kind's row.  The whole of it is asked for with TOBAN_EVERY_POINT=1 (`points`).
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random

import pytest

import commands
from aws.account import Accounts
from playground.aws.server import LocalAws
from tests.house import clients_of
from tests.scenarios.conftest import ACCOUNT, DEV, TOKYO
from tests.scenarios.dies import Death
from tests.scenarios.drill_ends import ends_well
from tests.scenarios.drill_kinds import HELD, KINDS
from tests.scenarios.drill_lives import Life, Lives, Story
from tests.scenarios.drill_orders import ORDERS, rest, whole
from tests.scenarios.every_field import different, shown
from tests.scenarios.points import EVERY, POINTS, SEED, some_of

Clients = Mapping[str | None, Accounts]  # by the role of their timers
Counted = dict[tuple[str, Story], int]  # moments of an undisturbed life
VARIANTS = (
    "zone with its primary",
    "zone with timers at AWS",
    "bucket without a policy",
    "loss",
    "experiment",
)
"""Kinds whose faults are those of others, too: where the time is short they take every second order."""
PAIRS = [
    (name, order)
    for row, name in enumerate(KINDS)
    for column, order in enumerate(ORDERS)
    if EVERY or POINTS or name not in VARIANTS or (row + column) % 2
]
MOST = 1  # moments of a kind in an order, unless all are asked for


@pytest.fixture(scope="module")
def clients(one_local_aws: LocalAws) -> Iterator[Clients]:
    """For all lives: making a client takes longer than most of its calls."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in one_local_aws.environment(ACCOUNT, TOKYO).items():
            patch.setenv(name, value)
        made = {one.timer_role: clients_of([one]) for one in (DEV, HELD)}
        yield made
        for one in made.values():
            one.close()


@pytest.fixture(scope="module")
def counted() -> Counted:
    return {}


@pytest.fixture
def death(monkeypatch: pytest.MonkeyPatch) -> Iterator[Death]:
    made = Death()
    made.waits_on_the_wire(monkeypatch)
    yield made
    made.come(0)


def test_every_failure_test_there_is_has_a_row() -> None:
    verbs = {one.name for one in commands.load() if one.noun == "failover" and one.name.startswith("run-")}
    assert {kind.verb for kind in KINDS.values()} == verbs


@pytest.mark.parametrize("name", KINDS)
def test_undisturbed_it_breaks_something_and_ends_as_it_began(
    name: str, local_aws: LocalAws, tmp_path: Path, death: Death, clients: Clients, counted: Counted
) -> None:
    kind = KINDS[name]
    lives = Lives(tmp_path / "one", kind, local_aws, death, clients[kind.account.timer_role])
    before = shown(local_aws)

    def looked_at_meanwhile(life: Life) -> None:
        life.arm()
        life.begin()
        life.until(life.is_in)
        life.turn(1)
        assert different(before, shown(local_aws)), "nothing is broken"
        life.until(life.is_over)

    counted[name, whole] = lives.live(looked_at_meanwhile)
    ends_well(lives, before, disturbed=False)


@pytest.mark.timeout(3600)
@pytest.mark.parametrize(("name", "order"), PAIRS)
def test_killed_at_any_moment_in_any_order_the_estate_ends_exactly_as_it_began(
    name: str,
    order: str,
    local_aws: LocalAws,
    tmp_path: Path,
    death: Death,
    clients: Clients,
    counted: Counted,
) -> None:
    kind, told = KINDS[name], ORDERS[order]

    def begun(folder: str) -> Lives:
        return Lives(tmp_path / folder, kind, local_aws, death, clients[kind.account.timer_role])

    if (name, told.first) not in counted:
        counted[name, told.first] = begun("undisturbed").live(told.first)
    points = counted[name, told.first]
    for die_at in some_of(points, MOST, name, order):
        lives = begun(f"dies-{die_at}")
        before = shown(local_aws)
        lives.live(told.first, die_at=die_at)
        lives.pass_(told.away)
        if told.twice:
            lives.live(rest, die_at=1 + Random(f"{SEED} {die_at}").randrange(points // 2))
        lives.live(told.then)
        ends_well(lives, before, name, order, die_at)
