"""A drill's samples and marks on one axis."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.drill import Source
from bot.drill_flags import MOST as FLAGS
from bot.drill_flags import flags
from bot.drill_timeline import MOST, TRACKS, of
from bot.probe import LATE, Kind, Probe
from bot.timeline import Sign, Stage, from_json, to_json
from tests.bot.drills import (
    API,
    BEGIN,
    SHOP,
    STORY_MARKS,
    STORY_SAMPLES,
    after,
    drill,
    mark,
    merged,
    samples,
)

STORY = of(drill(until=200), STORY_SAMPLES, STORY_MARKS, after(999))


def test_the_write_ups_story_is_one_window_that_fails_in_two_ways() -> None:
    [window] = STORY.tracks[0].windows
    assert abs(window.begin - after(24)) <= SHOP.every
    assert abs(window.end - after(111)) <= SHOP.every
    assert [name for name, _ in window.errors] == ["504", "502"]
    assert "shop was out once" in str(STORY.alt)


def test_a_share_of_a_step_is_full_only_if_all_were_well_and_none_only_if_none_was() -> None:
    fast = replace(SHOP, every=timedelta(seconds=0.005))
    made = of(drill(fast, until=20), samples((3.0, 3.005, "504"), probe=fast, until=5), (), after(5))
    assert made.step == timedelta(seconds=1)
    assert made.tracks[0].shares == (100, 100, 100, 99, 100)


def test_answers_that_failed_say_nothing_of_how_long_answers_took() -> None:
    made = of(drill(), samples((3, 5, "timeout"), until=8), (), after(8))
    assert made.tracks[0].median == (40, 40, 40, None, None, 40, 40, 40)
    assert made.tracks[0].slowest == made.tracks[0].median


def test_what_aws_is_asked_about_has_no_such_time() -> None:
    targets = Probe("targets", Kind.TARGETS, "web", timedelta(seconds=5))
    made = of(drill(targets), samples(probe=targets, until=20), (), after(20))
    assert set(made.tracks[0].median) == {None}
    assert set(made.tracks[0].shares) == {100}  # each answer holds until the next


def test_a_probe_that_stopped_asking_is_unknown_and_not_well() -> None:
    made = of(drill(), samples(until=10), (), after(30))
    assert made.tracks[0].shares[:10] == (100,) * 10
    assert set(made.tracks[0].shares[15:]) == {None}


def test_what_could_not_be_asked_is_no_outage() -> None:
    late = samples((3, 12, LATE), until=20)
    made = of(drill(), late, (), after(20))
    assert made.tracks[0].windows == ()
    assert made.tracks[0].shares[5:11] == (None,) * 6


def test_its_stages_follow_each_other_and_those_that_never_came_are_not_there() -> None:
    assert [(span.stage, span.begin, span.end) for span in STORY.spans] == [
        (Stage.STEADY, BEGIN, after(20)),
        (Stage.BROKEN, after(20), after(140)),
        (Stage.BACK, after(140), after(142)),
        (Stage.AFTER, after(142), after(200)),
    ]
    assert [span.stage for span in of(drill(), (), (), after(5)).spans] == [Stage.STEADY]
    assert (STORY.zero, of(drill(), (), (), after(5)).zero) == (after(20), BEGIN)


@given(st.floats(0, 3 * 86_400))
def test_it_has_at_most_120_steps_however_long_it_lasted(seconds: float) -> None:
    made = of(drill(), samples(until=3), (), after(seconds))
    assert 1 <= made.steps <= MOST
    assert made.end >= after(seconds)


def test_of_many_probes_those_that_were_out_longest_are_shown_in_their_order() -> None:
    probes = [replace(SHOP, name=f"p{number}") for number in range(8)]
    asked = merged(*(samples((30, 30 + at, "504"), probe=one, until=60) for at, one in enumerate(probes)))
    made = of(drill(*probes, until=20), asked, (), after(60))
    assert [track.name for track in made.tracks] == [f"p{number}" for number in range(2, 8)]
    assert (len(made.tracks), made.left_out) == (TRACKS, 2)


def test_each_probe_has_its_own_answers() -> None:
    made = of(
        drill(SHOP, API), merged(samples((3, 6, "504"), until=9), samples(probe=API, until=9)), (), after(9)
    )
    assert [len(track.windows) for track in made.tracks] == [1, 0]
    assert "api was always well" in str(made.alt)


def test_it_can_be_stored() -> None:
    assert from_json(to_json(STORY)) == STORY


def test_few_marks_are_a_flag_each() -> None:
    assert [(flag.at, flag.sign, str(flag.said)) for flag in flags(STORY_MARKS)] == [
        (after(20), Sign.TOBAN, "failover.reboot-database shop-db"),
        (after(20), Sign.AWS, "shop-db: Multi-AZ instance failover started"),
        (after(40), Sign.AWS, "shop-db: DB instance restarted"),
        (after(74), Sign.AWS, "shop-db: Multi-AZ instance failover completed"),
    ]


def test_many_calls_of_toban_at_once_become_one_flag_and_what_aws_says_stays() -> None:
    calls = [mark(20 + at / 10, f"subnet-{at}", Source.TOBAN) for at in range(12)]
    made = flags([*calls, *STORY_MARKS[1:]])
    assert [str(flag.said) for flag in made] == [
        "subnet-0, and 11 more",
        *(str(one.said) for one in STORY_MARKS[1:]),
    ]


def test_calls_of_toban_at_once_are_one_deed_also_where_there_is_room() -> None:
    calls = [mark(at, f"subnet-{at}", Source.TOBAN) for at in (20, 20.5, 30)]
    events = [mark(at, f"event {at}") for at in (20, 20.5)]
    assert [str(flag.said) for flag in flags(calls)] == ["subnet-20, and 1 more", "subnet-30"]
    assert len(flags(events)) == 2


def test_what_breaks_and_what_puts_back_are_never_one_flag() -> None:
    calls = [mark(20 + at, f"{at}", Source.TOBAN, way_back=at >= 10) for at in range(20)]
    assert [str(flag.said) for flag in flags(calls)] == ["0, and 9 more", "10, and 9 more"]


marks = st.builds(
    mark, st.floats(0, 10**6), st.text(max_size=3), st.sampled_from(Source), way_back=st.booleans()
)


@given(st.lists(marks, max_size=80))
def test_there_are_never_more_flags_than_have_room(made: list[object]) -> None:
    assert len(flags(made)) <= FLAGS  # type: ignore[arg-type]
