"""What the clock asks, catches up, passes over and disables."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from aws.account import AccountConfig
from bot.operation import Door
from bot.schedule import Schedule
from bot.store import schedules
from bot.store.audit import Event
from bot.store.schema import asks, audit, outbox
from jobs.clock import Clock
from tests.house import APPROVER, OPERATOR, READER, House, Time, house

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


@pytest.fixture
def team(tmp_path: Path) -> Team:
    return Team(tmp_path)


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


def test_a_due_time_becomes_an_ask_of_the_owner_in_the_schedules_channel(team: Team) -> None:
    with team.at_work(EVENING) as (here, clock):
        (number,) = push(here, clock, NIGHT)
        ask = here.operation(number).ask
    assert (ask.key, ask.door, ask.schedule) == ("schedule/nightly/2026-11-21T01:00", Door.CLOCK, "nightly")
    assert (ask.asker.person, ask.asker.channel) == (OPERATOR, "C0OPS")
    assert ask.line == "ec2 stop tag:env=dev"


def test_before_its_time_nothing_is_asked_and_at_its_time_once(team: Team) -> None:
    with team.at_work(EVENING) as (here, clock):
        assert push(here, clock, NIGHT - SECOND) == ()
        assert len(push(here, clock, NIGHT)) == 1
        assert push(here, clock, NIGHT + SECOND) == ()


def test_a_new_schedule_counts_from_when_it_was_first_seen(team: Team) -> None:
    with team.at_work(NIGHT + MINUTE) as (here, clock):
        assert push(here, clock, NIGHT + 2 * MINUTE) == ()
        assert audited(here, Event.SCHEDULE_MISSED) == []


def test_the_autumn_hour_that_comes_twice_runs_once(team: Team) -> None:
    plan = replace(NIGHTLY, time="01:30", zone="America/New_York")
    midnight = datetime(2026, 11, 1, 4, tzinfo=UTC)
    with team.at_work(midnight, plan) as (here, clock):
        for minutes in range(0, 240, 10):
            push(here, clock, midnight + minutes * MINUTE)
        assert asked(here) == ["schedule/nightly/2026-11-01T01:30"]


def test_a_restart_between_the_two_autumn_hours_does_not_run_it_again(team: Team) -> None:
    plan = replace(NIGHTLY, time="01:30", zone="America/New_York")
    first, second = datetime(2026, 11, 1, 5, 30, tzinfo=UTC), datetime(2026, 11, 1, 6, 30, tzinfo=UTC)
    with team.at_work(first - MINUTE, plan) as (here, clock):
        push(here, clock, first)
    with team.at_work(second - MINUTE, plan) as (here, clock):
        assert push(here, clock, second + MINUTE) == ()


def test_a_time_that_spring_skips_runs_once_after_the_gap(team: Team) -> None:
    plan = replace(NIGHTLY, time="02:30", zone="America/New_York")
    midnight = datetime(2026, 3, 8, 5, tzinfo=UTC)
    with team.at_work(midnight, plan) as (here, clock):
        assert push(here, clock, datetime(2026, 3, 8, 6, 59, tzinfo=UTC)) == ()
        for minutes in range(120, 240, 10):
            push(here, clock, midnight + minutes * MINUTE)
        assert asked(here) == ["schedule/nightly/2026-03-08T02:30"]


def test_a_run_that_fell_due_while_toban_was_down_happens_within_its_grace(team: Team) -> None:
    with team.at_work(EVENING):
        pass
    with team.at_work(NIGHT + HOUR) as (here, clock):
        assert len(clock.ask_due(NIGHT + HOUR)) == 1
        assert audited(here, Event.SCHEDULE_MISSED) == []


def test_a_run_beyond_its_grace_is_missed_and_its_channel_is_told_once(team: Team) -> None:
    late = NIGHT + HOUR + SECOND
    with team.at_work(EVENING):
        pass
    for _ in range(2):
        with team.at_work(late) as (here, clock):
            assert clock.ask_due(late) == ()
            missed = audited(here, Event.SCHEDULE_MISSED)
            told = notices(here)
    assert missed == ["nightly: the run of 2026-11-21T01:00 Asia/Tokyo was missed"]
    assert told == ["missed:nightly:2026-11-21T01:00"]


def test_of_many_nights_down_the_newest_alone_is_made_up_for(team: Team) -> None:
    with team.at_work(EVENING):
        pass
    back = NIGHT + 3 * DAY + MINUTE
    with team.at_work(back) as (here, clock):
        clock.ask_due(back)
        assert asked(here) == ["schedule/nightly/2026-11-24T01:00"]
        assert [line.split()[4] for line in audited(here, Event.SCHEDULE_MISSED)] == [
            "2026-11-21T01:00",
            "2026-11-22T01:00",
            "2026-11-23T01:00",
        ]
        assert notices(here) == []


def test_two_clocks_on_one_database_ask_once(team: Team) -> None:
    with team.at_work(EVENING) as (here, clock):
        here.time.at = NIGHT
        clocks = [clock, *(Clock(here.path) for _ in range(7))]
        together(*(lambda one=one: one.ask_due(NIGHT) for one in clocks))
        assert asked(here) == ["schedule/nightly/2026-11-21T01:00"]


def test_two_clocks_on_one_database_miss_once(team: Team) -> None:
    with team.at_work(EVENING) as (here, clock):
        here.time.at = late = NIGHT + 2 * HOUR
        clocks = [clock, *(Clock(here.path) for _ in range(7))]
        together(*(lambda one=one: one.ask_due(late) for one in clocks))
        assert len(audited(here, Event.SCHEDULE_MISSED)) == 1


def together(*works: Callable[[], object]) -> None:
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_an_ask_that_was_committed_before_a_crash_is_not_asked_again(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    with team.at_work(EVENING) as (here, clock), monkeypatch.context() as crash:
        crash.setattr(schedules, "saw", interrupted)
        with pytest.raises(ConnectionAbortedError):
            push(here, clock, NIGHT)
    with team.at_work(NIGHT + MINUTE) as (here, clock):
        assert clock.ask_due(NIGHT + MINUTE) == ()
        assert asked(here) == ["schedule/nightly/2026-11-21T01:00"]
        assert clock.ask_due(NIGHT + DAY) != ()


def interrupted(*_: object) -> None:
    raise ConnectionAbortedError


def test_a_schedule_its_owner_may_not_run_is_disabled_and_said(team: Team) -> None:
    plan = replace(NIGHTLY, owner=READER)
    with team.at_work(EVENING, plan) as (here, clock):
        assert push(here, clock, NIGHT) == ()
        assert disabled(here) != ""
        assert len(audited(here, Event.SCHEDULE_DISABLED)) == 1
        assert len(notices(here)) == 1
        push(here, clock, NIGHT + DAY)
        assert asked(here) == []
        assert len(notices(here)) == 1


@pytest.mark.parametrize("line", ["ec2 stpo tag:env=dev", "ec2 stop", "ec2", "ec2 stop --help"])
def test_a_line_that_asks_for_nothing_any_more_disables_its_schedule(team: Team, line: str) -> None:
    with team.at_work(EVENING, replace(NIGHTLY, line=line)) as (here, clock):
        assert push(here, clock, NIGHT) == ()
        assert disabled(here) != ""


def test_an_edit_enables_a_schedule_again_from_then_on(team: Team) -> None:
    with team.at_work(EVENING, replace(NIGHTLY, owner=READER)) as (here, clock):
        push(here, clock, NIGHT)
    with team.at_work(NIGHT + MINUTE) as (here, clock):
        assert disabled(here) == ""
        assert clock.ask_due(NIGHT + 2 * MINUTE) == ()
        assert len(push(here, clock, NIGHT + DAY)) == 1


def test_an_edit_voids_who_agreed(team: Team) -> None:
    with team.at_work(EVENING) as (here, _):
        here.path.db.write(
            lambda tx: schedules.approve(tx, "nightly", NIGHTLY.digest, APPROVER, here.path.now())
        )
        edited = replace(NIGHTLY, most_deletions=99)
        assert here.path.db.read(lambda tx: schedules.agreed(tx, "nightly", NIGHTLY.digest)) == {APPROVER}
        assert here.path.db.read(lambda tx: schedules.agreed(tx, "nightly", edited.digest)) == frozenset()


def test_what_fell_due_while_disabled_is_not_caught_up_when_it_is_approved(team: Team) -> None:
    plan = replace(NIGHTLY, owner=READER)
    with team.at_work(EVENING, plan) as (here, clock):
        push(here, clock, NIGHT)
        push(here, clock, NIGHT + DAY)
        here.path.db.write(
            lambda tx: schedules.approve(tx, "nightly", plan.digest, APPROVER, here.path.now())
        )
        push(here, clock, NIGHT + DAY + MINUTE)
        assert disabled(here) == ""
        assert audited(here, Event.SCHEDULE_MISSED) == []


def test_one_schedule_that_cannot_run_does_not_keep_another_from_it(team: Team) -> None:
    broken = replace(NIGHTLY, name="broken", line="nothing at all")
    with team.at_work(EVENING, broken, NIGHTLY) as (here, clock):
        assert len(push(here, clock, NIGHT)) == 1


@dataclass
class Running(Time):
    """A clock that goes on by itself from a moment."""

    begun: float = field(default_factory=time.monotonic)

    def __call__(self) -> datetime:
        return self.at + timedelta(seconds=time.monotonic() - self.begun)


def test_a_clock_that_runs_asks_at_the_due_time_and_stops_cleanly(tmp_path: Path) -> None:
    before = threading.active_count()
    now = Running(NIGHT - timedelta(seconds=0.3))
    with house(tmp_path, ACCOUNTS, schedules=(NIGHTLY,), time=now) as here:
        clock = Clock(here.path)
        clock.start()
        assert asked(here) == []
        patience = time.monotonic() + 10
        while not asked(here) and time.monotonic() < patience:
            time.sleep(0.01)
        assert asked(here) == ["schedule/nightly/2026-11-21T01:00"]
        assert here.operation(1).ask.at >= NIGHT
        clock.stop()
        clock.stop()
    assert threading.active_count() == before


def test_a_clock_that_starts_late_catches_up_by_itself(tmp_path: Path) -> None:
    with house(tmp_path, ACCOUNTS, schedules=(NIGHTLY,), time=Time(EVENING)) as here:
        Clock(here.path).note()
        here.time.at = NIGHT + MINUTE
        clock = Clock(here.path)
        clock.start()
        patience = time.monotonic() + 10
        while not asked(here) and time.monotonic() < patience:
            time.sleep(0.01)
        clock.stop()
        assert asked(here) == ["schedule/nightly/2026-11-21T01:00"]
