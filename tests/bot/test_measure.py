from datetime import timedelta

import pytest

from bot.measure import Latency, error_share, measure, percent, steady
from bot.probe import LATE, UNREAD, Sample
from tests.bot.simulated import Window, asked, at, probe, steadily


def test_the_story_of_a_database_that_fails_over() -> None:
    """Broken at 20; 504 from 25, then 502, then well at 110: users are out for 85 s."""
    truth = [Window(25.3, 80, "504", 1.0), Window(80, 110.2, "502", 0.01)]
    found = measure(steadily(1, 200, truth), probe(), at(0), at(200), at(20))
    assert found.recovered is not None
    assert (found.asked, found.failed, found.errors) == (200, 85, (("504", 54), ("502", 31)))
    assert found.detected == at(27)  # asked at 26, answered a second later
    assert found.detection == timedelta(seconds=7)
    assert (found.recovery, found.recovered.error) == (timedelta(seconds=90.5), timedelta(seconds=0.5))
    assert found.out == timedelta(seconds=85)
    assert [one.error for one in found.outages[0].stretches] == ["504", "502"]
    assert found.well == pytest.approx(115 / 200)


def test_the_last_of_several_outages_ends_the_recovery() -> None:
    truth = [Window(10.5, 20.5), Window(30.5, 31.5), Window(40.5, 42.5)]
    found = measure(steadily(1, 90, truth), probe(), at(0), at(90), at(10))
    assert len(found.outages) == 3
    assert found.recovery == timedelta(seconds=32.5)
    assert found.out == timedelta(seconds=13)


def test_who_is_not_back_or_not_for_long_has_not_recovered() -> None:
    out = [Window(10.5, 99)]
    assert measure(steadily(1, 60, out), probe(), at(0), at(60), at(10)).recovered is None
    assert measure(steadily(1, 60, out), probe(), at(0), at(60), at(10)).out == timedelta(seconds=49.5)
    back = steadily(1, 106, out)
    assert measure(back, probe(), at(0), at(103), at(10)).recovered is None
    assert measure(back, probe(), at(0), at(105), at(10)).recovered is not None


def test_who_was_never_out_needs_no_recovery() -> None:
    found = measure(steadily(1, 60), probe(), at(0), at(60), at(10))
    assert (found.recovered, found.outages, found.detected, found.well) == (None, (), None, 1.0)


def test_an_outage_before_the_fault_is_not_the_faults() -> None:
    found = measure(steadily(1, 60, [Window(2.5, 5.5)]), probe(), at(0), at(60), at(10))
    assert (found.recovered, found.detected) == (None, None)


def test_single_errors_as_they_were_before_do_not_put_the_recovery_off() -> None:
    fault = Window(20.5, 30.5)
    used = [Window(5.5, 6.5), fault, Window(80.5, 81.5)]
    found = measure(steadily(1, 120, used), probe(), at(0), at(120), at(20))
    assert found.recovery == timedelta(seconds=10.5)
    new = measure(steadily(1, 120, used[1:]), probe(), at(0), at(120), at(20))
    assert new.recovery == timedelta(seconds=61.5)


def test_latency_is_that_of_good_answers_before_during_and_after() -> None:
    samples = [Sample("shop", at(n), (n + 1) / 100) for n in range(100)]
    samples += asked(list(range(100, 200)), [Window(100, 150, "timeout", 2.0)], took=0.2)
    found = measure(samples, probe(), at(0), at(200), at(90))
    assert found.before == Latency(0.45, 0.86, 0.9, 90)
    assert found.during == Latency(0.95, 1.0, 1.0, 10)
    assert found.after == Latency(0.2, 0.2, 0.2, 50)


def test_times_without_questions_are_told() -> None:
    samples = asked([n for n in range(100) if not 30 < n < 50], [Window(20, 60)])
    found = measure([*samples, Sample("shop", at(31), 19.0, LATE)], probe(), at(0), at(100), at(20))
    assert [(one.since, one.until) for one in found.gaps] == [(at(30), at(50))]
    assert found.asked == 81


def test_nothing_at_all_is_measured_as_nothing() -> None:
    found = measure([], probe(), at(0), at(60), at(20))
    assert (found.asked, found.well, found.before, found.out) == (0, 1.0, None, timedelta())
    assert len(found.gaps) == 1


@pytest.mark.parametrize(
    ("samples", "why"),
    [
        ([], "shop has not been told anything yet"),
        (steadily(1, 10, [Window(0, 10, UNREAD)]), "shop has not been told anything yet"),
        (
            steadily(1, 10, [Window(2, 3, "504"), Window(3, 5, "502")]),
            "shop: 3 of 10 answers were errors, 10 % may be (502, 504)",
        ),
        (steadily(1, 10, [Window(9, 10, "504")]), "shop: the newest answer is 504"),
        (steadily(1, 10, [Window(2, 7, LATE)]), "shop was told nothing for 0:00:06 of this time"),
    ],
)
def test_who_is_not_steady_hears_why(samples: list[Sample], why: str) -> None:
    judged = steady(samples, probe(errors=0.1), at(0), at(10))
    assert (judged.ok, str(judged.why)) == (False, why)


def test_who_is_well_enough_is_steady() -> None:
    judged = steady(steadily(1, 10, [Window(3, 4, "504")]), probe(errors=0.1), at(0), at(10))
    assert (judged.ok, str(judged.why)) == (True, "shop: 1 of 10 answers were errors, 10 % may be")
    assert not steady(steadily(1, 10, [Window(3, 4, "504")]), probe(), at(0), at(10)).ok


def test_only_the_time_that_is_asked_about_counts() -> None:
    samples = steadily(1, 30, [Window(0, 10)])
    assert steady(samples, probe(), at(10), at(30)).ok
    assert not steady(samples, probe(), at(9), at(30)).ok


def test_the_share_of_errors_is_of_what_was_told() -> None:
    samples = steadily(1, 10, [Window(0, 2), Window(2, 6, LATE)])
    assert error_share(samples) == pytest.approx(2 / 6)
    assert error_share([]) == error_share(steadily(1, 10, [Window(0, 10, LATE)])) == 0


def test_of_a_window_counts_what_was_answered_in_it() -> None:
    """What hangs for two seconds is known to have failed only then."""
    samples = steadily(1, 20, [Window(10, 20, "timeout", 2.0)])
    assert error_share(samples, timedelta(seconds=5)) == 1.0
    assert error_share(samples, timedelta(seconds=15)) == pytest.approx(10 / 14)


@pytest.mark.parametrize(("share", "said"), [(0.01, "1"), (0.005, "0.5"), (1.0, "100"), (1 / 3, "33.33")])
def test_a_share_is_said_in_percents(share: float, said: str) -> None:
    assert percent(share) == said
