"""One process of several is on duty, and another one has it soon after that died."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot.duty import KEEP_EVERY, LEASE, Duty
from bot.store.database import Database
from tests.house import Time
from tests.new_database import put_new_database, put_on, url_in
from tests.postgres import Server


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def two(postgres: Server, tmp_path: Path, time: Time) -> Iterator[tuple[Duty, Duty]]:
    url = put_on(postgres, tmp_path)
    with ExitStack() as stack:
        both = [Database(url) for _ in range(2)]
        for db in both:
            stack.callback(db.close)
        one, other = (Duty(db, f"process {n}", time) for n, db in enumerate(both))
        yield one, other
    postgres.give_back(url)


def test_one_of_two_has_it_and_keeps_it(two: tuple[Duty, Duty], time: Time) -> None:
    one, other = two
    for _ in range(20):
        assert (one.has(), other.has()) == (True, False)
        time.at += KEEP_EVERY


def test_whoever_dies_loses_it_and_does_not_believe_otherwise(two: tuple[Duty, Duty], time: Time) -> None:
    one, other = two
    assert (one.has(), other.has()) == (True, False)
    time.at += LEASE
    assert other.has()
    assert not one.has()  # as a process that was paused finds when it wakes up


def test_whoever_ends_in_order_hands_it_on_at_once(two: tuple[Duty, Duty], time: Time) -> None:
    one, other = two
    assert (one.has(), other.has()) == (True, False)
    other.give_up()  # what is not its own
    one.give_up()
    time.at += KEEP_EVERY
    assert (other.has(), one.has()) == (True, False)


def test_on_a_file_there_is_one_and_it_always_has_it(tmp_path: Path, time: Time) -> None:
    put_new_database(tmp_path)
    db = Database(url_in(tmp_path))
    duty = Duty(db, "alone", time)
    assert duty.has()
    duty.give_up()
    assert duty.has()
    db.close()
