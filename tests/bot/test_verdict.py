"""What a drill has shown: measured, judged, and said."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.drill_timeline import of as timeline_of
from bot.probe import LATE, UNREAD, Probe, Sample
from bot.verdict import Verdict, of
from bot.verdict_said import headline, lines, meanings, measured
from bot.words import words
from tests.bot.drills import API, SHOP, STORY_SAMPLES, Out, after, drill, merged, samples

PATIENT = replace(SHOP, back_within=timedelta(seconds=120))
SECOND = timedelta(seconds=1)


def story(probe: Probe = SHOP, *out: Out, until: float = 200) -> Verdict:
    asked = samples(*(out or ((24, 70, "504"), (70, 111, "502"))), probe=probe, until=until)
    return of(drill(probe, until=until), asked, after(until))


def test_the_write_ups_story_is_measured_and_told_in_its_phases() -> None:
    verdict = story()
    [shop] = verdict.probes
    assert shop.noticed == 4.04 * SECOND  # when its answer had come
    assert (shop.away, shop.error) == (87 * SECOND, 1.04 * SECOND)
    assert shop.measured.recovery == 90.5 * SECOND  # between the questions of 110 and 111
    assert shop.errors == (("504", 46), ("502", 41))
    assert str(headline(verdict)) == (
        "The hypothesis did not hold: shop was out for 87.0 s (± 1.1 s); at most 0:01:00 is tolerated."
    )
    assert shop.steady is not None
    assert [str(line) for line in lines(verdict)] == [
        "shop noticed it first, after 4.0 s.",
        f"In the end all was well again: {shop.steady.why}.",
        "shop was out from +0:04 to +1:30, for 87.0 s (± 1.1 s): 504 for 0:00:46, 502 for 0:00:40.",
        "shop was well for good 90.5 s (± 0.5 s) after the fault.",
    ]
    assert [str(each) for each in meanings(verdict)] == [
        "504: the load balancer waited for an answer in vain",
        "502: the load balancer got a broken answer, or a closed connection",
    ]


def test_who_is_back_in_time_and_well_afterwards_has_held() -> None:
    verdict = story(PATIENT)
    assert verdict.held is True
    assert str(headline(verdict)) == "The hypothesis held: shop was out for 87.0 s (± 1.1 s)."


def test_a_fault_that_nobody_noticed_has_held_and_says_so() -> None:
    verdict = of(drill(until=200), samples(), after(200))
    assert (verdict.held, verdict.worst, verdict.noticed) == (True, None, None)
    assert str(headline(verdict)) == "The hypothesis held: no probe noticed anything."
    assert str(lines(verdict)[0]) == "The fault did not reach users: no probe noticed anything."


def test_who_is_not_well_in_the_end_has_not_held_though_it_was_back_in_time() -> None:
    verdict = of(drill(PATIENT, until=200), samples((24, 30, "504"), (195, 197, "503")), after(200))
    assert verdict.held is False
    assert "In the end not all was well" in str(lines(verdict)[1])


def test_several_windows_count_from_the_first_error_to_the_last() -> None:
    verdict = story(PATIENT, (24, 30, "504"), (50, 60, "refused"))
    [shop] = verdict.probes
    assert (shop.away, shop.out, len(shop.outages)) == (36 * SECOND, 16 * SECOND, 2)
    assert "shop was out 2 times within 36.0 s" in str(headline(verdict))


def test_an_error_before_the_fault_is_not_the_faults() -> None:
    verdict = of(drill(until=200), samples((5, 8, "504")), after(200))
    assert verdict.probes[0].errors == ()


def test_what_is_out_still_is_not_back() -> None:
    verdict = story(SHOP, (24, 500, "504"))
    assert (verdict.held, verdict.probes[0].away) == (False, None)
    assert "shop is out, for 0:02:56 now" in str(headline(verdict))
    assert "It is out still." in str(lines(verdict)[2])


def test_while_it_is_under_way_nothing_is_judged() -> None:
    verdict = story(until=80)
    assert verdict.held is None
    assert str(headline(verdict)).startswith("So far: shop is out, for 0:00:56 now.")


def test_one_that_was_ended_before_its_time_shows_only_what_speaks_against_it() -> None:
    stopped = drill(PATIENT, until=200, stopped=words("somebody ended it"))
    assert of(stopped, samples((24, 30, "504")), after(200)).held is None
    assert of(replace(stopped), samples((24, 150, "504")), after(200)).held is False


def test_one_that_broke_nothing_shows_nothing() -> None:
    unsteady = replace(drill(), ended=after(15), stopped=words("shop was not well"))
    verdict = of(unsteady, samples((3, 10, "504"), until=15), after(20))
    assert verdict.held is None
    assert str(headline(verdict)) == "Nothing was broken, so nothing was shown."


def test_the_probe_that_noticed_first_and_the_one_that_was_out_longest_are_named() -> None:
    asked = merged(samples((24, 40, "504")), samples((22, 25, "refused"), probe=API))
    verdict = of(drill(SHOP, API, until=200), asked, after(200))
    assert verdict.noticed is not None
    assert verdict.worst is not None
    assert (verdict.noticed.probe, verdict.worst.probe) == (API, SHOP)


def test_what_could_not_be_asked_is_neither_well_nor_an_error() -> None:
    for nothing in (LATE, UNREAD):
        [shop] = story(SHOP, (24, 30, "504"), (30, 40, nothing), (40, 50, "504")).probes
        assert shop.errors == (("504", 16),)
        assert [one.length for one in shop.outages] == [26 * SECOND]


def test_many_changes_of_error_are_told_once_each() -> None:
    flapping = tuple((24.0 + 3 * at, 27.0 + 3 * at, ("504", "502")[at % 2]) for at in range(8))
    assert str(lines(story(SHOP, *flapping))[2]).endswith("for 24.0 s (± 1.1 s): 504, 502.")


def test_single_errors_like_those_before_the_fault_are_none_of_its() -> None:
    verdict = of(drill(until=200), samples((5, 6, "504"), (60, 61, "504")), after(200))
    assert verdict.probes[0].outages == ()
    assert verdict.probes[0].errors == (("504", 1),)


@given(begin=st.floats(21, 100), length=st.floats(1.5, 60), every=st.sampled_from([0.5, 1.0, 2.0]))
@settings(max_examples=25, deadline=None)
def test_an_outage_is_measured_within_its_error(begin: float, length: float, every: float) -> None:
    probe = replace(SHOP, every=timedelta(seconds=every))
    asked = samples((begin, begin + length, "refused"), probe=probe, until=200)
    [shop] = of(drill(probe, until=200), asked, after(200)).probes
    if shop.outages:  # one shorter than an interval may be missed
        assert shop.away is not None
        assert abs(shop.away - timedelta(seconds=length)) <= shop.error + timedelta(milliseconds=2)


@pytest.mark.parametrize("until", [0, 15, 80, 141, 150, 200])
def test_every_drill_has_a_headline(until: float) -> None:
    known = tuple(one for one in STORY_SAMPLES if one.at <= after(until))
    verdict = of(drill(until=until), known, after(until))
    assert str(headline(verdict))
    assert all(map(str, lines(verdict)))


def test_who_is_well_again_later_than_was_granted_once_all_is_put_back_has_not_held() -> None:
    """Put back at 142; a minute is granted."""
    patient = replace(SHOP, back_within=timedelta(minutes=10))
    over = replace(drill(patient, until=200), ended=after(230))
    verdict = of(over, samples((24, 210, "504"), until=230), after(230))
    assert verdict.late is verdict.probes[0]
    assert verdict.held is False
    assert str(headline(verdict)) == (
        "The hypothesis did not hold: shop was well for good only 67.5 s (± 0.5 s) after all was put back;"
        " at most 0:01:00 is tolerated."
    )
    in_time = of(over, samples((24, 199, "504"), until=230), after(230))
    assert (in_time.late, in_time.held) == (None, True)


def without(begin: float, end: float) -> tuple[Sample, ...]:
    return tuple(one for one in samples() if not after(begin) <= one.at < after(end))


def test_a_time_in_which_nobody_asked_is_told() -> None:
    verdict = of(drill(until=200), without(30, 50), after(200))
    assert verdict.held is True
    assert str(lines(verdict)[0]) == "No probe noticed anything, as far as somebody asked."
    assert "Nobody asked shop from +0:09 to +0:30: what users saw then is not known." in map(
        str, lines(verdict)
    )


def test_nobody_says_that_it_held_who_asked_nothing_for_longer_than_users_may_be_out() -> None:
    verdict = of(drill(until=200), without(30, 100), after(200))
    assert verdict.held is None
    assert str(headline(verdict)) == (
        "Whether the hypothesis held is not known, since nobody asked shop for 0:01:11: no probe noticed"
        " anything."
    )


def test_what_rounding_takes_from_a_length_its_error_has() -> None:
    half = timedelta(seconds=0.25)
    assert tuple(map(str, measured(timedelta(seconds=89.44), half))) == ("89.4 s", "0.3 s")
    length, error = measured(timedelta(seconds=245.4), half)
    assert (str(length), str(error)) == ("0:04:05", "0.7 s")


def late(seconds: float, begin: float, end: float) -> tuple[Sample, ...]:
    return tuple(
        replace(one, took=seconds) if after(begin) <= one.at < after(end) else one for one in samples()
    )


def test_a_fault_that_only_makes_users_wait_has_reached_them() -> None:
    verdict = of(drill(until=200), late(0.34, 22, 142), after(200))
    [shop] = verdict.probes
    assert shop.slower == (0.04, 0.34)
    assert shop.measured.after is not None
    assert shop.measured.after.p95 == 0.04  # from when all was put back
    assert str(headline(verdict)) == "The hypothesis held: no answer failed, but they came later."
    assert str(lines(verdict)[0]) == (
        "shop got slower while it was broken: 95 % of its good answers took up to 340 ms, and 40 ms before."
    )


def test_a_few_milliseconds_more_are_not_told() -> None:
    verdict = of(drill(until=200), late(0.08, 22, 142), after(200))
    assert verdict.probes[0].slower is None
    assert str(lines(verdict)[0]) == "The fault did not reach users: no probe noticed anything."


def test_the_picture_does_not_say_that_all_was_well_where_nobody_asked() -> None:
    line = timeline_of(drill(until=200), without(30, 50), (), after(200))
    assert "shop was well as far as somebody asked" in str(line.alt)
    assert "shop was always well" in str(timeline_of(drill(until=200), samples(), (), after(200)).alt)
