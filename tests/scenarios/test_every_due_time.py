"""Many schedules, many due times, three clocks on one database: each due time is asked once.

`TOBAN_DUE_TIMES=50000` is the whole, a hundred schedules of five hundred nights; a slice is taken without it.
"""

import os
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from time import monotonic

import pytest
from sqlalchemy import func, select

from bot.flow import receive
from bot.store.audit import Event
from bot.store.schema import asks, audit
from jobs.clock import Clock
from tests.house import House, Time, house
from tests.jobs.team import ACCOUNTS, EVENING, NIGHT, NIGHTLY
from tests.new_database import put_on
from tests.postgres import Server
from tests.scenarios.test_two_on_postgresql import at_once

Capture = pytest.CaptureFixture[str]
WHOLE = int(os.environ.get("TOBAN_DUE_TIMES", "0"))
SCHEDULES, NIGHTS = (100, WHOLE // 100) if WHOLE else (10, 12)
REPLICAS, AWAY = 3, 0.1  # of all nights a clock does not look at, since its process is paused or gone
PLANS = tuple(replace(NIGHTLY, name=f"nightly-{number}") for number in range(SCHEDULES))
LATE = timedelta(minutes=5)


@pytest.fixture
def clocks(postgres: Server, tmp_path: Path) -> Iterator[tuple[list[House], list[Clock]]]:
    """Each in a house of its own, with a connection and a time of its own."""
    url = put_on(postgres, tmp_path)
    with ExitStack() as stack:
        houses = [
            stack.enter_context(house(tmp_path, ACCOUNTS, schedules=PLANS, time=Time(EVENING)))
            for _ in range(REPLICAS)
        ]
        made = [Clock(each.path) for each in houses]
        at_once(*(clock.note for clock in made))
        yield houses, made
    postgres.give_back(url)


@pytest.fixture
def second(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How asks were received, counted where the clocks hand them in."""
    counts, lock = Counter[str](), threading.Lock()
    really = receive.receive

    def counted(*given: object) -> receive.Received:
        received = really(*given)  # type: ignore[arg-type] # whatever it was given
        with lock:
            counts[type(received).__name__] += 1
        return received

    monkeypatch.setattr("jobs.asking.receive", counted)
    return counts


@pytest.mark.timeout(3600 if WHOLE else 120)
def test_each_due_time_is_asked_once_whoever_looks_and_whoever_is_away(
    clocks: tuple[list[House], list[Clock]], second: Counter[str], capsys: Capture
) -> None:
    (houses, made), dice, began = clocks, Random(1), monotonic()
    for night in range(NIGHTS):
        until = NIGHT + timedelta(days=night)
        there = [number for number in range(REPLICAS) if dice.random() >= AWAY] or [dice.randrange(REPLICAS)]
        at_once(*(partial(_looks, houses[n], made[n], until + dice.random() * LATE) for n in there))
    db = houses[0].path.db
    names = select(asks.c.schedule, func.count(), func.count(asks.c.key.distinct())).group_by(asks.c.schedule)
    found = db.read(lambda tx: [tuple(row) for row in tx.execute(names)])
    told = select(func.count()).where(audit.c.event == Event.SCHEDULE_MISSED)
    missed = db.read(lambda tx: tx.execute(told).scalar_one())
    asked = sum(number for _, number, _ in found)
    with capsys.disabled():
        sys.stdout.write(
            f"\ndue {SCHEDULES * NIGHTS}, asked {asked}, of them twice {asked - sum(d for _, _, d in found)},"
            f" missed {missed}, second asks refused by their key {second['Repeated']},"
            f" {monotonic() - began:.0f} s\n"
        )
    assert sorted(found) == sorted((plan.name, NIGHTS, NIGHTS) for plan in PLANS)
    assert second["Accepted"] == SCHEDULES * NIGHTS
    assert missed == 0


def _looks(there: House, clock: Clock, until: datetime) -> None:
    """A process looks at its own time, which is a little before or behind that of the others."""
    there.time.at = until
    clock.ask_due(until)
