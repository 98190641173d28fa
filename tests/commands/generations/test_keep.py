from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.generations.keep import Keep, in_words, kept

TOKYO = ZoneInfo("Asia/Tokyo")
NOW = datetime(2026, 11, 22, 16, 0, tzinfo=UTC)  # the 23rd, 01:00, in Tokyo


def nights(count: int) -> list[datetime]:
    """One generation a night, the newest first."""
    return [NOW - timedelta(days=night) for night in range(count)]


def stay(keep: Keep, taken: list[datetime]) -> list[int]:
    """How many nights old those are that stay."""
    return [
        (NOW - one).days for one, stays in zip(taken, kept(taken, keep, NOW, TOKYO), strict=True) if stays
    ]


def test_without_a_rule_everything_stays() -> None:
    assert stay(Keep(), nights(5)) == [0, 1, 2, 3, 4]


def test_a_count_keeps_the_newest() -> None:
    assert stay(Keep(newest=3), nights(6)) == [0, 1, 2]


def test_an_age_keeps_what_is_younger() -> None:
    assert stay(Keep(older_than=timedelta(days=2)), nights(6)) == [0, 1, 2]


def test_the_newest_stays_however_old_it_is() -> None:
    """After a week of failed nights the last good one is all there is."""
    old = [one - timedelta(days=100) for one in nights(3)]
    assert stay(Keep(older_than=timedelta(days=30)), old) == [100]


def test_with_a_count_and_an_age_one_goes_that_is_beyond_both() -> None:
    assert stay(Keep(newest=2, older_than=timedelta(days=4)), nights(8)) == [0, 1, 2, 3, 4]
    assert stay(Keep(newest=6, older_than=timedelta(days=2)), nights(8)) == [0, 1, 2, 3, 4, 5]


def test_days_weeks_and_months_add_up() -> None:
    """The 23rd is a Monday: its week, the week that ended on the 22nd, and so on."""
    keep = Keep(daily=3, weekly=3, monthly=2)
    assert stay(keep, nights(60)) == [0, 1, 2, 8, 23]


def test_a_day_is_the_teams_day() -> None:
    """23:30 and 00:30 in Tokyo are two days there, and one in UTC."""
    late, early = datetime(2026, 11, 21, 14, 30, tzinfo=UTC), datetime(2026, 11, 21, 15, 30, tzinfo=UTC)
    assert kept([early, late], Keep(daily=2), NOW, TOKYO) == [True, True]
    assert kept([early, late], Keep(daily=2), NOW, ZoneInfo("UTC")) == [True, False]


def test_a_day_without_a_generation_does_not_count() -> None:
    gaps = [NOW - timedelta(days=days) for days in (0, 5, 10, 15)]
    assert stay(Keep(daily=3), gaps) == [0, 5, 10]


def test_of_a_days_several_only_the_newest_is_the_days() -> None:
    twice = [NOW, NOW - timedelta(minutes=10), NOW - timedelta(days=1)]
    assert kept(twice, Keep(daily=2), NOW, TOKYO) == [True, False, True]


@pytest.mark.parametrize(
    ("keep", "said"),
    [
        (Keep(newest=7), "the newest 7"),
        (Keep(newest=7, older_than=timedelta(days=30)), "the newest 7, all younger than 30 days, 0:00:00"),
        (Keep(daily=7, monthly=1), "one of each of the last 7 days, one of the last month"),
    ],
)
def test_a_rule_is_said_in_words(keep: Keep, said: str) -> None:
    assert str(in_words(keep)) == said


COUNTS = st.one_of(st.none(), st.integers(1, 12))
RULES = st.builds(
    Keep,
    newest=COUNTS,
    older_than=st.one_of(st.none(), st.timedeltas(timedelta(hours=1), timedelta(days=90))),
    daily=COUNTS,
    weekly=COUNTS,
    monthly=COUNTS,
)
TAKEN = st.lists(st.datetimes(datetime(2025, 1, 1), datetime(2026, 11, 22)), max_size=40).map(  # noqa: DTZ001
    lambda found: sorted((one.replace(tzinfo=UTC) for one in found), reverse=True)
)


@given(keep=RULES, taken=TAKEN)
def test_never_fewer_than_asked_for(keep: Keep, taken: list[datetime]) -> None:
    """However the parts are mixed: the count, everything young, and at least one."""
    stays = [one for one, stay in zip(taken, kept(taken, keep, NOW, TOKYO), strict=True) if stay]
    assert len(stays) >= min(len(taken), keep.newest or 1)
    assert set(taken[: keep.newest or 1]) <= set(stays)
    if keep.older_than is not None:
        assert {one for one in taken if NOW - one <= keep.older_than} <= set(stays)


@given(keep=RULES, taken=TAKEN)
def test_what_stays_stays_when_it_is_asked_again(keep: Keep, taken: list[datetime]) -> None:
    """Deleting what goes and asking again deletes no more: two nights in a row do not eat up a series."""
    stays = [one for one, stay in zip(taken, kept(taken, keep, NOW, TOKYO), strict=True) if stay]
    assert all(kept(stays, keep, NOW, TOKYO))
