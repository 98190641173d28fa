"""Operations handed to workers on a PostgreSQL: what came without an errand, who woke too late."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select

from aws.account import AccountConfig
from bot.audit.verify import verify
from bot.command import Replay
from bot.crew.held import SHORT
from bot.keeping import console
from bot.operation import State, StepState
from bot.store.schema import asks
from jobs.clock import Clock
from tests.bot.flow.crowd import HERE, Crowd, lamps
from tests.house import KEY, House, Time, house
from tests.jobs.team import NIGHT, NIGHTLY
from tests.new_database import put_new_database, put_on, url_in
from tests.postgres import Server

ACCOUNTS = [AccountConfig(HERE.account, "123456789012", (HERE.region,))]


@pytest.fixture
def url(postgres: Server, tmp_path: Path) -> Iterator[str]:
    url = put_on(postgres, tmp_path)
    yield url
    postgres.give_back(url)


@contextmanager
def working(there: House) -> Iterator[None]:
    """Its workers work meanwhile."""
    there.engine.start()
    try:
        yield
    finally:
        there.engine.stop()


def until(holds: Callable[[], bool], seconds: float = 40) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it does not hold"
        time.sleep(0.05)


def ended(there: House, number: int) -> bool:
    return there.operation(number).state in {State.DONE, State.PARTLY, State.UNKNOWN}


def test_what_was_copied_from_a_file_is_worked_on_where_it_arrived(
    postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before, after = tmp_path / "before", tmp_path / "after"
    before.mkdir()
    after.mkdir()
    put_new_database(before)
    with house(before, ACCOUNTS) as at_home, lamps(at_home, Crowd(), Replay.AT_MOST_ONCE) as there:
        there.ask("/lamp light 2", key="one")
    target = postgres.new()
    console.copy({"TOBAN_AUDIT_KEY": KEY.decode()}, url_in(before), target)
    (after / "toban.url").write_text(target, encoding="utf-8")
    crowd = Crowd()
    with house(after, ACCOUNTS) as at_home, lamps(at_home, crowd, Replay.AT_MOST_ONCE) as there:
        there.time.pass_(seconds=10)
        number = there.number_of("one")
        with working(there):
            until(lambda: len(crowd.lit) == 2)
            there.time.pass_(seconds=10)
            until(lambda: there.operation(number).state in {State.RUNNING, State.DONE})
        assert not there.path.db.read(lambda tx: verify(tx, KEY)).breaks


def test_a_worker_that_wakes_up_late_is_fenced_and_what_it_did_is_not_done_again(
    url: str, tmp_path: Path
) -> None:
    """It is paused in the middle of its call: nobody can know whether that call went out."""
    at_call, goes_on = threading.Event(), threading.Event()
    moment, crowd = Time(), Crowd()

    def paused() -> None:
        at_call.set()
        assert goes_on.wait(60)

    crowd.on_call = paused
    with ExitStack() as stack:
        zombie, other = (
            stack.enter_context(
                lamps(stack.enter_context(house(tmp_path, ACCOUNTS, time=moment)), crowd, Replay.AT_MOST_ONCE)
            )
            for _ in range(2)
        )
        zombie.ask("/lamp light 1", key="one")
        number = zombie.number_of("one")
        asleep = threading.Thread(target=zombie.engine.run_until_idle)
        asleep.start()
        assert at_call.wait(20)
        crowd.on_call = lambda: None
        fence = other.operation(number).fence
        moment.pass_(seconds=SHORT.total_seconds() + 5)
        with working(other):
            until(lambda: ended(other, number))
        assert other.operation(number).fence > fence
        goes_on.set()
        asleep.join(20)
        assert len(crowd.calls) == 1
        assert [one.state for one in other.steps(number)] == [StepState.UNKNOWN]
        assert other.operation(number).state is State.UNKNOWN
        assert not other.path.db.read(lambda tx: verify(tx, KEY)).breaks


@dataclass
class Going(Time):
    """Goes on by itself, as the clocks of three machines do."""

    began: float = field(default_factory=time.monotonic)

    def __call__(self) -> datetime:
        return self.at + timedelta(seconds=time.monotonic() - self.began)


def test_of_three_clocks_one_wins_each_due_time(url: str, tmp_path: Path) -> None:
    """APScheduler runs in each of them: the key of the ask is unique, whoever comes first."""
    five = [replace(NIGHTLY, name=f"night-{n}") for n in range(5)]
    moment = Going(NIGHT - timedelta(seconds=3))
    with ExitStack() as stack:
        three = [
            stack.enter_context(house(tmp_path, ACCOUNTS, schedules=five, time=moment)) for _ in range(3)
        ]
        for each in three:
            clock = Clock(each.path)
            clock.start()
            stack.callback(clock.stop)
        asked = partial(
            three[0].path.db.read, lambda tx: sorted(tx.execute(select(asks.c.schedule)).scalars())
        )
        until(lambda: len(asked()) >= len(five))
        time.sleep(2)  # whoever comes second is refused by now
        assert asked() == [one.name for one in five]
