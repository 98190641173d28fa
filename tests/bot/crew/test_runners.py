"""Procrastinate's workers: whatever becomes of errands and of the server, each operation is done once."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from aws.account import AccountConfig
from bot.command import Replay
from bot.store import errands
from tests.bot.flow.crowd import HERE, Crowd, lamps
from tests.house import House, house
from tests.new_database import put_on
from tests.postgres import Server

ACCOUNTS = [AccountConfig(HERE.account, "123456789012", (HERE.region,))]


@pytest.fixture
def crowd() -> Crowd:
    return Crowd()


@pytest.fixture
def there(postgres: Server, tmp_path: Path, crowd: Crowd) -> Iterator[House]:
    """A house on a server, whose workers work."""
    url = put_on(postgres, tmp_path)
    with house(tmp_path, ACCOUNTS) as at_home, lamps(at_home, crowd, Replay.AT_MOST_ONCE) as made:
        made.engine.start()
        yield made
        made.engine.stop()
        assert made.path.db.read(errands.workers) == 0  # who ends in order is missed at once
    postgres.give_back(url)


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 40
    while not holds():
        assert time.monotonic() < end, "it does not hold"
        time.sleep(0.05)


def count(there: House, what: str) -> int:
    return there.path.db.read(lambda tx: int(tx.execute(text(f"select count(*) from {what}")).scalar_one()))


def test_an_errand_that_comes_twice_or_in_vain_does_nothing(there: House, crowd: Crowd) -> None:
    there.ask("/lamp light 1")
    jobs = "procrastinate_jobs where status in ('todo', 'doing')"
    until(lambda: crowd.lit == ["l-0"] and count(there, jobs) == 0)
    for number in (1, 1, 17):
        call = f"procrastinate_defer_jobs_v1(array[row('{errands.USUAL}', '{errands.TASK}', 0, null, null,"
        job = f"jsonb_build_object('number', {number}), null)::procrastinate_job_to_defer_v1])"
        there.path.db.write(lambda tx, do=f"select {call} {job}": tx.execute(text(do)))  # type: ignore[misc]
    until(lambda: count(there, jobs) == 0)
    assert crowd.calls == [("l-0",)]


def test_workers_outlive_a_server_that_starts_anew(there: House, crowd: Crowd, postgres: Server) -> None:
    until(lambda: there.path.db.read(errands.workers) == 2)
    postgres.stop()
    postgres.start()
    there.ask("/lamp light 1")
    until(lambda: crowd.lit == ["l-0"])
