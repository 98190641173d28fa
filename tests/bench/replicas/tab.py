"""A home tab over a history of years: the rows and the view of it, for whoever has most to see."""

import json
import time
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Connection

from bot.bell import Bell
from bot.costs import BY_SERVICE
from bot.house import House
from bot.language import Languages
from bot.slack.home import Homes
from bot.store import costs, schedules
from bot.store.costs import Row
from bot.store.database import Database
from tests.bench.figure import Figure
from tests.bench.replicas.long import CLOCK, RARE, READER, Long

MOST_MS = 300
ROUNDS = 7
PEOPLE = (READER, CLOCK, RARE, "U0NOBODY")
DAYS, ACCOUNTS, SERVICES = 62, 50, 40
URL = "https://example.slack.com/"
SCHEDULES = 50


@dataclass(frozen=True, slots=True)
class Shown:
    """What the slowest of the tabs takes."""

    milliseconds: float
    anew: float  # of the processor, with its bill added up anew, as after the morning's post
    peak: float  # MB that making it takes at most, above what was there


def config() -> str:
    """Schedules and office hours, for the end of the config file."""
    hours = '[hours.office]\nbegin = "09:00"\nend = "19:00"\ndays = "weekdays"\n'
    made = (
        f'[schedules.nightly-{number}]\nline = "ec2 list"\ndays = "daily"\ntime = "0{number % 10}:00"\n'
        f'channel = "C0OPS"\nowner = "{CLOCK}"\n'
        for number in range(SCHEDULES)
    )
    return "\n".join((hours, *made))


def shown(house: House) -> Shown:
    """Each person's tab several times, each the best."""
    homes = _homes(house)
    _shown(homes, READER)  # what it needs is loaded, as at a bot that has run for an hour
    slowest = max(min(_shown(homes, who) for _ in range(ROUNDS)) for who in PEOPLE)
    anew = min(_shown(_homes(house), READER, time.process_time) for _ in range(ROUNDS))
    tracemalloc.start()
    for who in PEOPLE:
        _shown(homes, who)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return Shown(slowest, anew, peak / 1e6)


def figures(now: Shown, tenth: Shown, long: Long, kind: str) -> Sequence[Figure]:
    """Within its time, and no larger for what there was."""
    name = f"home tab over {long.operations:,} operations, {kind}"
    return [
        Figure(f"{name}: data and view", now.milliseconds, MOST_MS, "ms"),
        Figure(f"{name}: CPU with a new bill", now.anew, MOST_MS, "ms"),
        Figure(f"{name}: memory", now.peak, 2 * tenth.peak, "MB", tenth.peak, "a tenth of them"),
    ]


def a_bill(db: Database, end: datetime) -> None:
    """Two months of fifty accounts, as the daily post leaves them."""
    for back in range(DAYS):
        day = (end - timedelta(days=back)).date()
        rows = [
            Row(f"{account:012}", f"Service {service}", Decimal(day.toordinal() * 7 + service) / 1000)
            for account in range(ACCOUNTS)
            for service in range(SERVICES)
        ]
        kept = partial(costs.put_day, cut=BY_SERVICE, payer="prod", day=day, rows=rows, asked=end)
        db.write(partial(kept, final=True, currency="USD"))


def seen_by_the_clock(house: House) -> None:
    """Each schedule stands as after the clock's first look."""

    def note(tx: Connection) -> None:
        for one in house.path.schedules.values():
            schedules.note(tx, one.name, one.digest, house.path.now())

    house.db.write(note)


def _homes(house: House) -> Homes:
    readers: Any = SimpleNamespace(
        language=lambda _person, _otherwise: "ja", zone=lambda _person, otherwise: otherwise
    )
    client: Any = None  # nothing is published
    return Homes(house.path, client, readers, _LANGUAGES, Bell().ear(), lambda: URL)


def _shown(homes: Homes, person: str, clock: Callable[[], float] = time.perf_counter) -> float:
    begun = clock()
    view = json.dumps(homes.view(person), ensure_ascii=False)
    spent = (clock() - begun) * 1000
    assert person not in (READER, CLOCK) or "/archives/C0OPS/" in view
    return spent


_LANGUAGES = Languages.load()
