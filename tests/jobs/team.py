"""A team with one nightly schedule, whose clock is pushed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from aws.account import AccountConfig
from bot.schedule import Schedule
from bot.store import schedules
from bot.store.audit import Event
from bot.store.schema import asks, audit, outbox
from jobs.clock import Clock
from tests.house import OPERATOR, House, Time, house

ACCOUNTS = (AccountConfig("prod", "111111111111", ("ap-northeast-1",)),)
NIGHTLY = Schedule(
    name="nightly",
    line="ec2 stop tag:env=dev",
    days=("mon", "tue", "wed", "thu", "fri", "sat", "sun"),
    time="01:00",
    zone="Asia/Tokyo",
    channel="C0OPS",
    owner=OPERATOR,
)
EVENING = datetime(2026, 11, 20, 12, tzinfo=UTC)  # 21:00 in Tokyo
NIGHT = datetime(2026, 11, 20, 16, tzinfo=UTC)  # 01:00 on the 21st in Tokyo
HOUR, DAY, MINUTE, SECOND = timedelta(hours=1), timedelta(days=1), timedelta(minutes=1), timedelta(seconds=1)


@dataclass
class Team:
    """A house whose clock is pushed; it can be shut and opened again at another time."""

    folder: Path

    @contextmanager
    def at_work(self, now: datetime, *plans: Schedule) -> Iterator[tuple[House, Clock]]:
        with house(self.folder, ACCOUNTS, schedules=plans or (NIGHTLY,), time=Time(now)) as here:
            clock = Clock(here.path)
            clock.note()
            yield here, clock


def push(here: House, clock: Clock, until: datetime) -> tuple[int, ...]:
    here.time.at = until
    return clock.ask_due(until)


def asked(here: House) -> list[str]:
    return here.path.db.read(lambda tx: list(tx.execute(select(asks.c.key).order_by(asks.c.id)).scalars()))


def audited(here: House, event: Event) -> list[str]:
    query = select(audit.c.detail).where(audit.c.event == event).order_by(audit.c.id)
    return here.path.db.read(lambda tx: list(tx.execute(query).scalars()))


def notices(here: House) -> list[str]:
    query = select(outbox.c.key).where(outbox.c.kind == "notice", outbox.c.channel == "C0OPS")
    return here.path.db.read(lambda tx: list(tx.execute(query).scalars()))


def disabled(here: House) -> str:
    found = here.path.db.read(schedules.standings)["nightly"].disabled
    return "" if found is None else str(found)
