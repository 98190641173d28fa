"""Two processes of toban on one PostgreSQL: each operation once, each due time once, each message once."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import func, select

from aws.account import AccountConfig
from bot.audit.anchor import Anchors
from bot.audit.keeper import Keeper
from bot.audit.verify import verify
from bot.command import Replay, World
from bot.operation import State
from bot.plan import Plan, Step
from bot.store.audit import Event
from bot.store.schema import asks, audit
from jobs.clock import Clock
from playground.aws.server import LocalAws
from tests.bot.flow.crowd import HERE, Args, Crowd, lamps
from tests.house import KEY, House, Time, house
from tests.jobs.team import EVENING, NIGHT, NIGHTLY
from tests.new_database import put_on
from tests.postgres import Server
from tests.scenarios.given import run_instances
from tests.scenarios.whole import Whole, the_whole

ACCOUNTS = [AccountConfig(HERE.account, "123456789012", (HERE.region,))]
OPERATIONS, NIGHTS = 40, 40


class Many(Crowd):
    """Every plan is about lamps of its own: one that is lit twice was lit by two."""

    def __init__(self) -> None:
        super().__init__()
        self._numbers = count()

    def plan(self, args: Args, world: World) -> Plan:
        made, own = super().plan(args, world), next(self._numbers)
        return Plan(made.summary, tuple(_of(step, own) for step in made.steps))


def _of(step: Step, own: int) -> Step:
    key = f"{step.key}-of-{own}"
    return replace(step, key=key, target=replace(step.target, id=key))


@pytest.fixture
def two(postgres: Server, tmp_path: Path) -> Iterator[tuple[House, House]]:
    """Each with a connection, engine and keeper of its own."""
    url = put_on(postgres, tmp_path)
    time = Time(EVENING)
    with ExitStack() as stack:
        one, other = (
            stack.enter_context(house(tmp_path, ACCOUNTS, schedules=(NIGHTLY,), time=time)) for _ in range(2)
        )
        yield one, other
    postgres.give_back(url)


def at_once(*each: Callable[[], object]) -> None:
    """All of them at the same moment."""
    begin = threading.Barrier(len(each))

    def do(one: Callable[[], object]) -> None:
        begin.wait(10)
        one()

    with ThreadPoolExecutor(len(each)) as pool:
        for done in [pool.submit(do, one) for one in each]:
            done.result(60)


def test_each_operation_is_carried_out_once_whoever_gets_it(two: tuple[House, House], tmp_path: Path) -> None:
    crowd = Many()
    with ExitStack() as stack:
        one, other = (stack.enter_context(lamps(each, crowd, Replay.AT_MOST_ONCE)) for each in two)
        keepers = [
            Keeper(each.path.db, KEY, Anchors(tmp_path / f"{n}.audit-anchor")) for n, each in enumerate(two)
        ]
        numbers = []
        for _ in range(OPERATIONS // 2):
            numbers += [ask(one), ask(other)]
        for _ in range(4):
            at_once(
                *(each.engine.run_until_idle for each in (one, other, one, other)),
                *(partial(keeper.tick, one.time()) for keeper in keepers),
            )
            one.time.pass_(seconds=61)
        assert {one.operation(number).state for number in numbers} == {State.DONE}
        assert sorted(crowd.lit) == sorted(set(crowd.lit))
        assert len(crowd.lit) == len(numbers) * 2
        intended = select(func.count()).where(audit.c.event == Event.STEP_INTENDED)
        assert one.path.db.read(lambda tx: tx.execute(intended).scalar()) == len(crowd.lit)
        for keeper in keepers:
            assert keeper.tick(one.time()) == ()
        assert not one.path.db.read(lambda tx: verify(tx, KEY)).breaks


def ask(there: House) -> int:
    """Asked once for each of two processes at once, as Slack would deliver it twice."""
    there.asks += 1
    key = f"{id(there)}-{there.asks}"
    at_once(lambda: there.ask("/lamp light 2", key=key), lambda: there.ask("/lamp light 2", key=key))
    return there.number_of(key)


def test_each_due_time_is_asked_once_by_whichever_clock_is_first(two: tuple[House, House]) -> None:
    clocks = [Clock(each.path) for each in two]
    at_once(*(clock.note for clock in clocks))
    for night in range(NIGHTS):
        two[0].time.at = until = NIGHT + timedelta(days=night)
        at_once(*(partial(clock.ask_due, until) for clock in clocks))
    query = select(asks.c.key).where(asks.c.schedule == NIGHTLY.name).order_by(asks.c.id)
    keys = two[0].path.db.read(lambda tx: list(tx.execute(query).scalars()))
    assert len(keys) == len(set(keys)) == NIGHTS
    told = select(func.count()).where(audit.c.event == Event.SCHEDULE_MISSED)
    assert two[0].path.db.read(lambda tx: tx.execute(told).scalar()) == 0


# -- the whole, twice --------------------------------------------------------------------------------


@pytest.fixture
def whole(
    local_aws: LocalAws, postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Whole]:
    monkeypatch.chdir(tmp_path)  # where its anchors lie
    url = put_on(postgres, tmp_path)
    with the_whole(local_aws, tmp_path) as there:
        yield there
    postgres.give_back(url)


def test_one_posts_for_both_and_the_other_goes_on_when_it_ends(whole: Whole) -> None:
    run_instances(whole.aws, "dev", 1, env="dev")
    whole.start()
    first, second = whole.bots
    try:
        whole.until(lambda: sum(bot.house.duty.has() for bot in whole.bots) == 1)
        numbers = [whole.asks("/ec2 stop tag:env=dev"), whole.asks("/ec2 start tag:env=dev")]
        assert set(whole.ended(*numbers, timeout=30)) <= {State.DONE, State.ANSWERED, State.PARTLY}
    finally:
        first.stop()
    whole.until(second.house.duty.has)
    last = whole.asks("/ec2 stop tag:env=dev")
    whole.ended(last, timeout=30)
    letters = whole.letters()
    assert letters == sorted(set(letters))
