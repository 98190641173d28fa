"""Traffic that is shifted by a toban that dies at any commit and request: it ends exactly at home.

The kill points are counted in an undisturbed life, and some or all of them taken (`points`).  Route 53
is moto's with our change batches, which are made whole, and changes that take a while.  The verb is made of
the block's steps alone, without probes.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from bot.command import Risk, Verb, World
from bot.drill_desk import DrillDesk
from bot.engine import Engine
from bot.grammar.grammar import Grammar, Vocabulary
from bot.operation import ENDS, State, StepState
from bot.plan import Plan
from bot.policy.policy import Policy
from bot.words import words
from commands.changes import gate
from commands.failover import _region, _route
from commands.failover._region import Wanted
from playground.aws.server import LocalAws
from tests.bot.flow.crowd import ANYBODY
from tests.by_name import by_name
from tests.house import APPROVER, House, Time, house
from tests.scenarios.conftest import DEV
from tests.scenarios.dies import Death, Killed
from tests.scenarios.points import some_of
from tests.scenarios.region_given import AWAY, HOME, NAME, a_pair, records, two_addresses, weights

LINE = "/shift away"
GO_ON: Verb[Any] = import_module("commands.failover.continue").VERB
FAR = 10**6  # commits and requests: nobody lives so long
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Args:
    """Nothing."""


@dataclass(frozen=True)
class Kind:
    """What is shifted, and where it may end."""

    given: Callable[[LocalAws], str]
    wanted: Wanted
    there: Mapping[str, Any]


KINDS = {
    "weights in stages": Kind(two_addresses, Wanted((10, 100), MINUTE, MINUTE), {HOME: 0, AWAY: 100}),
    "roles": Kind(a_pair, Wanted((100,), MINUTE, MINUTE), {HOME: "SECONDARY", AWAY: "PRIMARY"}),
    "to stay": Kind(two_addresses, Wanted((10, 100), MINUTE, None), {HOME: 0, AWAY: 100}),
}


@contextmanager
def a_house(folder: Path, time: Time, wanted: Wanted) -> Iterator[House]:
    """The house, which knows `/shift away`, `/failover continue` and nothing else."""

    def plan(_args: Args, world: World) -> Plan:
        block = _region.block(world, _route.find(world, NAME, "oregon", ()), wanted)
        return Plan(words("shift it"), block.steps, block.left)

    verb: Verb[Any] = Verb(
        "shift", "away", words("Shift it."), Args, Risk.CHANGE, (), plan, (LINE,), _region.ACTIONS
    )
    verbs = [verb, GO_ON]
    named = [(one.action, one.risk) for one in verbs]
    named += [(action.name, action.risk) for one in verbs for action in one.actions]
    with house(folder, [DEV], time=time) as home:
        path = replace(
            home.path,
            grammar=Grammar(by_name(verbs), Vocabulary((DEV.name,), DEV.regions)),
            policy=Policy.load(ANYBODY, named),
            actions={action.name: action for one in verbs for action in one.actions},
            verbs=by_name(verbs),
            drills=DrillDesk(home.path.db, {}, lambda _: ()),
        )
        yield House(path, Engine(path, home.engine._bell), time)


@pytest.fixture
def death(monkeypatch: pytest.MonkeyPatch) -> Iterator[Death]:
    made = Death()
    made.waits_on_the_wire(monkeypatch)
    yield made
    made.come(0)


@dataclass
class Lives:
    """One after the other, over the same database."""

    folder: Path
    aws: LocalAws
    wanted: Wanted
    death: Death

    def __post_init__(self) -> None:
        self.folder.mkdir()
        self.time = Time()

    def live(self, story: "Callable[[Lives, House], None]", *, die_at: int = FAR) -> int:
        """Let the story happen, until death comes; returns how many points it passed."""
        with ExitStack() as end:
            there = end.enter_context(a_house(self.folder, self.time, self.wanted))
            self.death.waits_at_the_disk(there.path.db)
            self.death.come(die_at)
            try:
                story(self, there)
            except Killed:
                assert self.death.came
            passed = die_at - self.death._left
            self.death.come(0)
        return passed

    def turns(self, there: House, count: int, passing: float) -> None:
        """Time passes here and in AWS until it has ended; whoever is asked at a gate lets it go on."""
        number = there.number_of("the-drill")
        for _ in range(count):
            self.aws.control.advance(passing)
            there.work(passing=passing)
            if there.operation(number).state in ENDS:
                return
            stage = gate.waiting(there.path.observer(), number)
            if stage is not None:
                there.ask(f"/failover continue {number}", APPROVER, key=f"go-on-{stage}")


def whole(lives: Lives, there: House) -> None:
    there.ask(LINE, key="the-drill")
    lives.turns(there, 30, 6)


def ended_early(lives: Lives, there: House) -> None:
    there.ask(LINE, key="the-drill")
    lives.turns(there, 3, 6)
    there.cancel(there.number_of("the-drill"))
    lives.turns(there, 12, 6)


def restarted(lives: Lives, there: House) -> None:
    there.ask(LINE, key="the-drill")
    lives.turns(there, 14, 20)


def restarted_and_ended(lives: Lives, there: House) -> None:
    there.ask(LINE, key="the-drill")
    there.cancel(there.number_of("the-drill"))
    lives.turns(there, 14, 20)


ORDERS = {
    "its moment comes": (whole, restarted),
    "ended by hand": (ended_early, restarted),
    "ended after the restart": (whole, restarted_and_ended),
}


@pytest.mark.timeout(600)
@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("name", KINDS)
def test_killed_at_any_moment_it_ends_exactly_at_home(
    name: str, order: str, local_aws: LocalAws, tmp_path: Path, death: Death
) -> None:
    kind, (before_death, after_it) = KINDS[name], ORDERS[order]

    def given() -> str:
        local_aws.reset()
        local_aws.control.records_take(10)
        return kind.given(local_aws)

    given()
    points = Lives(tmp_path / "undisturbed", local_aws, kind.wanted, death).live(before_death)
    assert points >= 10
    for die_at in some_of(points, 4, name, order):
        zone = given()
        home = records(local_aws, zone)
        there = {each: {**one, **_moved(one, kind.there[each])} for each, one in home.items()}
        lives = Lives(tmp_path / f"dies-{die_at}", local_aws, kind.wanted, death)
        lives.live(before_death, die_at=die_at)
        lives.live(after_it)
        with a_house(lives.folder, lives.time, kind.wanted) as at_home:
            state, rows = at_home.operation(1).state, at_home.steps(1)
        assert state in ENDS, (die_at, rows)
        may_be = (home,) if kind.wanted.lasts else (there,) if state is State.DONE else (home, there)
        assert records(local_aws, zone) in may_be, (die_at, rows)
        assert not [row for row in rows if row.state is StepState.FAILED and row.step.undoes], die_at


def _moved(one: Mapping[str, Any], value: Any) -> Mapping[str, Any]:
    return {"Weight": value} if "Weight" in one else {"Failover": value}


@pytest.mark.parametrize("name", KINDS)
def test_it_is_there_meanwhile(name: str, local_aws: LocalAws, tmp_path: Path, death: Death) -> None:
    kind = KINDS[name]
    zone = kind.given(local_aws)
    lives = Lives(tmp_path / "one", local_aws, kind.wanted, death)

    def until_there(self: Lives, there: House) -> None:
        there.ask(LINE, key="the-drill")
        self.turns(there, 6, 6)

    lives.live(until_there)
    assert weights(local_aws, zone) == kind.there


def test_without_anybody_at_the_gate_it_goes_home(local_aws: LocalAws, tmp_path: Path, death: Death) -> None:
    zone = two_addresses(local_aws)
    home = records(local_aws, zone)
    lives = Lives(tmp_path / "one", local_aws, Wanted((10, 100), MINUTE, None), death)

    def alone(_self: Lives, there: House) -> None:
        there.ask(LINE, key="the-drill")
        there.work(passing=10, turns=3)
        assert weights(local_aws, zone) == {HOME: 90, AWAY: 10}
        there.work(passing=20, turns=5)

    lives.live(alone)
    assert records(local_aws, zone) == home
    with a_house(lives.folder, lives.time, lives.wanted) as there:
        states = {row.step.action: (row.state, str(row.reason)) for row in there.steps(1)}
    assert states[gate.NAME] == (StepState.FAILED, "nobody has said within 0:01:00 whether to go on")
