"""The search for anomalies, on a public series with injected ones: some of `make bench ONLY=anomalies`."""

import pytest

from tests.bench.anomalies import levels, spikes
from tests.bench.anomalies.finders import three_sigma, toban
from tests.bench.anomalies.public import Public, france


@pytest.fixture(scope="module")
def load() -> Public:
    """France's electricity, as a bill."""
    return france()


def test_it_is_a_year_and_a_half_with_a_weekday_rhythm(load: Public) -> None:
    sundays, tuesdays = ([amount for day, amount in load.daily.items() if day.weekday() == n] for n in (6, 1))
    assert len(load.daily) > 600
    assert sum(sundays) / len(sundays) < sum(tuesdays) / len(tuesdays) * 9 / 10


def test_large_days_are_found_and_alarms_are_about_them(load: Public) -> None:
    runs = spikes.runs(load, toban, 1)
    assert spikes.recall(runs, spikes.LARGE) >= 0.9
    assert spikes.precision(runs) >= 0.85


def test_a_mean_with_three_deviations_would_miss_more(load: Public) -> None:
    ours, theirs = (spikes.runs(load, find, 1) for find in (toban, three_sigma))
    assert spikes.recall(theirs) < spikes.recall(ours)


def test_a_new_level_is_told_at_once_and_for_some_days(load: Public) -> None:
    told = levels.tell(load, toban, 5)
    assert [one[0] for one in told] == [0] * 5
    assert all(len(one) <= 7 for one in told)
