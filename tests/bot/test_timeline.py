"""A timeline as data, and lengths of time as people write them beside an axis."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from bot import drawn
from bot.timeline import Sign, Timeline, from_json, length, offset, to_json
from tests.bot.picture.charts import sixty_days
from tests.bot.picture.timelines import BEGIN, STEP, after, flag, timeline, track

STORY = timeline(track("shop", (24, 114, "504")), flags=[flag(20, Sign.TOBAN)], left_out=2)


def test_it_is_stored_and_read_back_as_it_was() -> None:
    for line in (STORY, timeline(), replace(STORY, tracks=(replace(STORY.tracks[0], shares=(None, 3)),))):
        assert from_json(json.loads(json.dumps(to_json(line)))) == line


@pytest.mark.parametrize("one", [STORY, sixty_days()], ids=["timeline", "chart"])
def test_what_is_drawn_is_read_back_as_the_kind_it_was(one: drawn.Drawn) -> None:
    assert drawn.from_json(json.loads(json.dumps(drawn.to_json(one)))) == one


def test_it_ends_with_its_longest_track_and_has_one_step_at_least() -> None:
    assert STORY.end == after(200)
    assert Timeline(STORY.title, STORY.alt, BEGIN, STEP, BEGIN, ()).end == after(2)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "+0:00"), (80.4, "+1:20"), (-10, "−0:10"), (3723, "+1:02:03"), (-0.2, "+0:00")],
)
def test_people_count_from_a_moment(seconds: float, text: str) -> None:
    assert offset(timedelta(seconds=seconds)) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0.0 s"), (3.44, "3.4 s"), (9.96, "10 s"), (91, "91 s"), (245, "4:05 min"), (3723, "1:02:03 h")],
)
def test_a_length_takes_few_letters(seconds: float, text: str) -> None:
    assert length(timedelta(seconds=seconds)) == text
