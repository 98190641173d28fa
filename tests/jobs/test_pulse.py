from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.schedule import Schedule
from jobs.pulse import HAIR, LOOK_EVERY, Pulse

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
AT_NOON = Schedule("noon", "ec2 list", ("sat",), "12:00", "UTC", "C0OPS", "U0SATO")


def test_the_next_look_is_at_the_due_time_or_in_a_moment() -> None:
    soon, later = NOON - timedelta(seconds=5), NOON - timedelta(hours=5)
    assert Pulse(lambda: [AT_NOON], lambda: soon).get_next_fire_time(None, soon) == NOON + HAIR
    assert Pulse(lambda: [AT_NOON], lambda: later).get_next_fire_time(None, later) == later + LOOK_EVERY


def test_another_clock_than_the_schedulers_decides_what_is_due() -> None:
    """A playground's clock may be hours ahead."""
    here = NOON - timedelta(hours=9)
    assert Pulse(lambda: [AT_NOON], lambda: NOON - timedelta(seconds=5)).get_next_fire_time(None, here) == (
        here + timedelta(seconds=5) + HAIR
    )


def test_a_look_is_always_later_than_now() -> None:
    """APScheduler would look for ever otherwise."""
    assert Pulse(lambda: [AT_NOON], lambda: NOON).get_next_fire_time(NOON, NOON) > NOON
    nearly = NOON - timedelta(microseconds=1)
    assert Pulse(lambda: [AT_NOON], lambda: nearly).get_next_fire_time(nearly, nearly) > NOON


def test_a_schedule_that_is_never_due_is_looked_at_all_the_same() -> None:
    never = replace(AT_NOON, days=())
    assert Pulse(lambda: [never], lambda: NOON).get_next_fire_time(None, NOON) == NOON + LOOK_EVERY


def test_the_earliest_of_all_schedules_decides_and_without_any_it_looks_all_the_same() -> None:
    here = NOON - timedelta(seconds=5)
    later = replace(AT_NOON, time="12:30")
    assert Pulse(lambda: [later, AT_NOON], lambda: here).get_next_fire_time(None, here) == NOON + HAIR
    assert Pulse(list, lambda: here).get_next_fire_time(None, here) == here + LOOK_EVERY
