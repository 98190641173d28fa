from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.outages import Gap, Stretch, gaps, outages, told
from bot.probe import LATE, UNREAD, Sample
from tests.bot.simulated import Window, asked, at, probe, seconds, steadily

ERRORS = {"refused": 0.002, "502": 0.01, "504": 10.0, "reset": 0.003, "timeout": 2.0}
HALF = timedelta(seconds=0.5)


def test_an_outage_lies_in_the_middle_between_the_questions_around_it() -> None:
    (found,) = outages(told(steadily(1, 30, [Window(10.2, 20.7)]), probe()))
    assert found.ended is not None
    assert (found.began.at, found.began.error) == (at(10.5), HALF)
    assert (found.ended.at, found.ended.error) == (at(20.5), HALF)
    assert (found.length, found.error, found.asked) == (timedelta(seconds=10), 2 * HALF, 10)


def test_an_answer_that_takes_long_does_not_make_the_outage_longer() -> None:
    """Asked 0.3 s before the end, answered ten seconds after it: it belongs to when it was asked."""
    (found,) = outages(told(steadily(1, 60, [Window(10.2, 20.3, "504", took=10.0)]), probe()))
    assert found.ended is not None
    assert found.ended.at == at(20.5)


def test_what_lasts_has_no_end_and_what_was_out_at_once_no_known_beginning() -> None:
    (found,) = outages(steadily(1, 10, [Window(4.5, 99)]))
    assert (found.ended, found.length) == (None, None)
    (found,) = outages(steadily(1, 10, [Window(0, 4.5)]))
    assert (found.began.seen, found.began.at) == (False, at(0))


def test_questions_that_an_outage_may_have_hit_underway_widen_its_error() -> None:
    """Answers take 0.3 s; one asked at 9.9 was reset by a fault at 10.1, and so looks earlier than it."""
    samples = [one for one in steadily(0.1, 20, took=0.3) if one.at != at(9.9)]
    samples += [Sample("shop", at(9.9), 0.2, "reset")]
    (found,) = outages(told(samples, probe(0.1)))
    assert found.began.at - found.began.error <= at(10.1) <= found.began.at + found.began.error
    (refused,) = outages(told([*samples[:-1], Sample("shop", at(9.9), 0.2, "refused")], probe(0.1)))
    assert refused.began.error == timedelta(seconds=0.05)


def test_a_first_good_answer_that_waited_for_the_system_widens_the_error() -> None:
    samples = asked([number for number in range(20) if number != 10], [Window(5.5, 9.5)])
    samples += [Sample("shop", at(10), 0.605)]
    (found,) = outages(told(samples, probe()))
    assert found.ended is not None
    assert found.ended.at == at(9.5)
    assert found.ended.error == timedelta(seconds=1.1)


def test_the_error_is_that_of_who_waited_least() -> None:
    """One waited ten seconds, the next was answered at once: so long ago it was well again."""
    samples = [one for one in steadily(0.1, 20, [Window(5, 10)]) if one.at != at(10)]
    samples += [Sample("shop", at(10), 8.0)]
    (found,) = outages(told(samples, probe(0.1)))
    assert found.ended is not None
    assert found.ended.error == timedelta(seconds=0.15)


def test_errors_that_follow_each_other_are_stretches_and_small_ones_are_passed_over() -> None:
    truth = [Window(10, 30, "504"), Window(30, 40, "502"), Window(40, 60, "refused")]
    samples = [one for one in steadily(1, 90, truth) if one.at not in {at(15), at(50), at(51)}]
    samples += [Sample("shop", at(moment), 0.01, "reset") for moment in (15, 50, 51)]
    (found,) = outages(told(samples, probe()))
    assert found.stretches == (
        Stretch("504", at(10), at(29), 19),
        Stretch("502", at(30), at(39), 10),
        Stretch("refused", at(40), at(59), 18),
    )


def test_a_time_in_which_nobody_asked_is_a_gap_and_widens_the_error() -> None:
    moments = [float(number) for number in range(60) if not 20 < number < 40]
    samples = told(asked(moments, [Window(15, 30)]), probe())
    (found,) = outages(samples)
    assert found.ended is not None
    assert found.ended.at - found.ended.error <= at(30) <= found.ended.at + found.ended.error
    assert found.ended.error == timedelta(seconds=10)
    assert gaps(samples, probe(), at(0), at(60)) == (Gap(at(20), at(40)),)


def test_nobody_asked_at_the_beginning_or_at_the_end() -> None:
    samples = told(asked([10, 11, 12], []), probe())
    patience = probe().timeout
    assert gaps(samples, probe(), at(0), at(30)) == (Gap(at(0), at(10)), Gap(at(12), at(30) - patience))
    assert gaps(samples, probe(), at(9), at(12) + timedelta(seconds=2.5) + patience) == ()
    assert gaps([], probe(), at(0), at(30)) == (Gap(at(0), at(28)),)


@pytest.mark.parametrize("error", [LATE, UNREAD])
def test_what_says_nothing_is_neither_well_nor_an_outage(error: str) -> None:
    samples = steadily(1, 30, [Window(10, 20, error)])
    assert outages(told(samples, probe())) == ()
    assert gaps(told(samples, probe()), probe(), at(0), at(30)) == (Gap(at(9), at(20)),)


def test_the_samples_of_other_probes_are_left_out() -> None:
    others = [Sample("db", at(number), 0.01, "refused") for number in range(10)]
    assert outages(told([*others, *steadily(1, 10)], probe())) == ()


@st.composite
def truths(draw: st.DrawFn, every: float, least: float) -> list[Window]:
    """Windows and the times between them, each at least so long."""
    lengths = draw(st.lists(st.floats(least, 30 * every), min_size=2, max_size=12))
    edges, clock = [], 0.0
    for length in lengths:
        clock += length
        edges.append(clock)
    kinds = draw(st.lists(st.sampled_from(sorted(ERRORS)), min_size=len(edges), max_size=len(edges)))
    return [
        Window(b, e, kinds[n], ERRORS[kinds[n]])
        for n, (b, e) in enumerate(zip(edges[::2], edges[1::2], strict=False))
    ]


@given(st.data(), st.sampled_from([0.1, 0.25, 1.0]), st.floats(0, 1), st.floats(0.001, 0.09))
def test_whatever_was_out_is_found_within_an_interval(
    data: st.DataObject, every: float, phase: float, took: float
) -> None:
    """Each question up to 40 % of an interval late; every window, and every time between, is seen."""
    truth = data.draw(truths(every, 1.5 * every))
    count = round((truth[-1].end if truth else 0) / every) + 10
    late = data.draw(st.lists(st.floats(0, 0.4), min_size=count, max_size=count))
    moments = [(number + phase + off) * every for number, off in enumerate(late)]
    found = outages(told(asked([0.0, *moments], truth, took), probe(every)))
    assert len(found) == len(truth)
    for one, true in zip(found, truth, strict=True):
        assert one.ended is not None
        for edge, exact in ((one.began, true.begin), (one.ended, true.end)):
            off = abs(seconds(edge.at) - exact)
            assert off <= every * 0.75
            assert off <= edge.error.total_seconds() + 1e-5


@given(st.data(), st.sampled_from([0.1, 1.0]))
def test_whatever_is_found_stands_where_something_changed(data: st.DataObject, every: float) -> None:
    """Whatever the truth, however short, and whoever did not ask: within its error an edge is an edge."""
    truth = data.draw(truths(every, 0.01 * every))
    moments = sorted(data.draw(st.sets(st.integers(0, 200), min_size=2)))
    samples = told(asked([number * every / 2 for number in moments], truth), probe(every))
    edges = [edge for one in truth for edge in (one.begin, one.end)]
    found = outages(samples)
    assert all(one.ended is None or one.began.at < one.ended.at for one in found)
    assert all(one.ended and one.ended.at <= other.began.at for one, other in pairwise(found))
    for one in found:
        for edge in (one.began, one.ended):
            if edge is not None and edge.seen:
                off = min(abs(seconds(edge.at) - exact) for exact in edges)
                assert off <= edge.error.total_seconds() + 1e-5
