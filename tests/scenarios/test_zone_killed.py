"""A zone that is failed by a toban that dies: at any commit and request, and again and again.

The verb here is made of the block's steps alone; probes and what is looked at before and after have tests of
their own.  Network ACLs are moto's, with AWS's errors; zonal shifts are the local AWS's own (moto has none).
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest

from bot.arguments import Kind, arg
from bot.command import Risk, Verb, World
from bot.engine import Engine
from bot.grammar.grammar import Grammar, Vocabulary
from bot.operation import ENDS, State
from bot.plan import Plan
from bot.policy.policy import Policy
from bot.words import words
from commands.failover import _zone, _zone_where
from playground.aws.server import LocalAws
from tests.bot.flow.crowd import ANYBODY
from tests.by_name import by_name
from tests.house import House, Time, house
from tests.scenarios.conftest import DEV, TOKYO
from tests.scenarios.dies import Death, Killed
from tests.scenarios.points import some_of
from tests.scenarios.zone_given import ZONE, given, is_broken, there

LASTS = timedelta(minutes=1)
AT_MOST = 60  # turns, or lives
FAR = 10**6  # commits and requests: nobody lives so long


@dataclass(frozen=True, slots=True)
class Args:
    """Which VPC."""

    vpc: str = arg(Kind.WORD, words("which"), option=False, required=True)


def plan(args: Args, world: World) -> Plan:
    block = _zone.block(world, _zone_where.find(world, ZONE, args.vpc, (), ()), lasts=LASTS)
    return Plan(words("cut"), block.steps, block.left)


CUT = Verb("cut", "zone", words("Cut."), Args, Risk.CHANGE, (), plan, ("/cut zone vpc-1",), _zone.ACTIONS)
POLICY = Policy.load(ANYBODY, [(one.name, one.risk) for one in CUT.actions] + [(CUT.action, CUT.risk)])


@pytest.fixture
def death(monkeypatch: pytest.MonkeyPatch) -> Iterator[Death]:
    made = Death()
    made.waits_on_the_wire(monkeypatch)
    yield made
    made.come(0)


@contextmanager
def a_house(folder: Path, time: Time) -> Iterator[House]:
    with house(folder, [DEV], time=time) as home:
        path = replace(
            home.path,
            grammar=Grammar(by_name([CUT]), Vocabulary((DEV.name,), (TOKYO,))),
            policy=POLICY,
            actions={one.name: one for one in CUT.actions},
            verbs=by_name([CUT]),
        )
        yield House(path, Engine(path, home.engine._bell), time)


def tell(at_home: House, vpc: str) -> None:
    """Ask, unless that was in another life, and work until it has ended."""
    at_home.ask(f"/cut zone {vpc}", key="the-story")
    for _ in range(AT_MOST):
        at_home.engine.run_until_idle()
        if at_home.operation(at_home.number_of("the-story")).state in ENDS:
            return
        at_home.time.pass_(seconds=20)
    raise AssertionError(f"it does not end: {at_home.steps(1)}")


def die(folder: Path, vpc: str, time: Time, death: Death, after: int) -> bool:
    """Begin the story, and die before the so manieth commit or request; returns whether that came."""
    with ExitStack() as end:
        at_home = end.enter_context(a_house(folder, time))
        death.waits_at_the_disk(at_home.path.db)
        death.come(after)
        try:
            tell(at_home, vpc)
        except (Killed, AssertionError):
            assert death.came
    came = death.came
    death.spare()
    return came


def test_undisturbed_it_is_broken_for_a_while_and_ends_as_it_began(
    local_aws: LocalAws, tmp_path: Path
) -> None:
    vpc, time = given(local_aws), Time()
    before = there(local_aws)
    with a_house(tmp_path, time) as at_home:
        at_home.ask(f"/cut zone {vpc}", key="the-story")
        at_home.work(passing=5, turns=5)
        assert is_broken(local_aws, vpc)
        tell(at_home, vpc)
        assert at_home.operation(1).state is State.DONE, at_home.steps(1)
    assert there(local_aws) == before


@pytest.mark.timeout(900)
@pytest.mark.parametrize("aborted", [False, True], ids=["its time is over", "somebody aborts it"])
def test_killed_at_any_moment_the_estate_ends_exactly_as_it_began(
    local_aws: LocalAws, tmp_path: Path, death: Death, aborted: bool
) -> None:
    broken = 0
    (tmp_path / "undisturbed").mkdir()
    assert not die(tmp_path / "undisturbed", given(local_aws), Time(), death, FAR)
    points = death.passed
    for die_at in some_of(points, 6, aborted):
        local_aws.reset()
        folder, vpc, time = tmp_path / str(die_at), given(local_aws), Time()
        folder.mkdir()
        before = there(local_aws)
        die(folder, vpc, time, death, die_at)
        broken += is_broken(local_aws, vpc)
        with a_house(folder, time) as at_home:
            if aborted:
                at_home.ask(f"/cut zone {vpc}", key="the-story")
                at_home.cancel(at_home.number_of("the-story"))
            tell(at_home, vpc)
            rows = [(row.step.key, row.state, row.reason) for row in at_home.steps(1)]
        assert there(local_aws) == before, (die_at, rows)
    assert points > 60
    assert broken  # sometimes all of it was


@pytest.mark.timeout(600)
@pytest.mark.parametrize("first", [4, 9, 17])
def test_killed_again_and_again_it_ends_as_it_began(
    first: int, local_aws: LocalAws, tmp_path: Path, death: Death
) -> None:
    vpc, time = given(local_aws), Time()
    before = there(local_aws)
    for life in count():
        assert life < AT_MOST, "it does not end"
        if not die(tmp_path, vpc, time, death, first + life // 3):
            break
        time.pass_(seconds=20)
    assert there(local_aws) == before
