"""A drill's message: what it says in each phase, in both languages, within Slack's limits."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import drill_glance as glance
from bot.drill import Drill, Mark, Source
from bot.drill_glance import Standing
from bot.plan import Offer
from bot.probe import Sample
from bot.views.chart import NOT_SHOWN, Shown
from bot.views.drill import ABORT, DrillView, look, message
from bot.views.message import Message
from bot.words import words
from tests.bot.drills import API, SHOP, STORY_MARKS, STORY_SAMPLES, after, drill, mark, merged, samples
from tests.bot.views.reports import speaker
from tests.bot.views.test_limits import (
    SPEAKERS,
    languages,
    moments,
    people,
    said,
    shown,
    texts,
    within_limits,
)

OFFERS = (Offer(words("Go on"), "failover continue 42"), Offer(words("Go back"), "failover abort 42"))


def view(
    at: float, asked: tuple[Sample, ...] = STORY_SAMPLES, of: Drill | None = None, **changes: Any
) -> DrillView:
    """What is known after so many seconds."""
    found, now = of or drill(until=at), after(at)
    known = tuple(one for one in asked if one.at <= now)
    made = look(found, known, [one for one in STORY_MARKS if one.at <= now], now)
    return replace(made, **changes)


def shows(made: DrillView, language: str = "en") -> str:
    told = message(made, speaker(language))
    within_limits(told)
    return told.text


def buttons(made: Message) -> list[str]:
    rows: list[Any] = [block["elements"] for block in made.blocks if block["type"] == "actions"]
    return [element["action_id"] for row in rows for element in row]


def test_before_anything_is_broken_it_says_so_and_can_be_ended_already() -> None:
    text = shows(view(5))
    assert text.startswith("🔎 *#42 · database · shop-db* · looking whether all is well first")
    assert "Nothing is broken yet: first all must be well for 10 sec." in text
    assert "🟢 shop: 100 % well, 40 ms" in text
    assert buttons(message(view(5), speaker())) == [ABORT]


def test_while_it_is_broken_it_says_how_users_fare_and_when_it_ends_by_itself() -> None:
    text = shows(view(80))
    assert text.startswith("💥 *#42 · database · shop-db* · broken on purpose")
    assert "🔴 shop: 0 % well (502)" in text
    assert "Broken since 1 min." in text
    assert "The way back begins by itself in 1 min at the latest." in text
    assert "Users noticed after 4.0 s: shop got 504." in text


def test_what_happened_is_counted_from_the_moment_at_which_it_broke() -> None:
    text = shows(view(80))
    for line in (
        "`+0:00` 🔧 failover.reboot-database shop-db",
        "`+0:20` ☁️ shop-db: DB instance restarted",
        "`+0:54` ☁️ shop-db: Multi-AZ instance failover completed",
    ):
        assert line in text


def test_a_fault_that_nobody_noticed_is_told_as_such() -> None:
    assert "No probe has noticed anything so far." in shows(view(80, samples()))
    assert "No probe noticed anything while it was broken." in shows(view(150, samples()))


def test_an_error_before_the_fault_is_not_the_faults() -> None:
    assert "No probe has noticed anything so far." in shows(view(80, samples((15, 19, "504"))))


@pytest.mark.parametrize(("at", "begins"), [(141, "↩️"), (150, "🩺")])
def test_the_way_back_has_signs_of_its_own_and_can_still_be_asked_to_end(at: float, begins: str) -> None:
    assert shows(view(at)).startswith(begins)
    assert buttons(message(view(at), speaker())) == [ABORT]


def test_the_end_tells_the_verdict_first_and_has_no_buttons() -> None:
    over = view(220, offers=OFFERS)
    shown = shows(over).splitlines()
    assert shown[0] == "❌ *#42 · database · shop-db* · the test is over"
    assert shown[1].startswith("The hypothesis did not hold: shop was out for 87.0 s (± 1.1 s)")
    assert "shop was out from +0:04 to +1:30" in shown[4]
    assert buttons(message(over, speaker())) == []
    assert shows(replace(over, held=True)).startswith("✅")
    assert shows(replace(over, held=None)).startswith("🏁")


def test_one_that_was_ended_before_its_time_says_why() -> None:
    stopped = drill(until=150, stopped=words("the alarm {name} rings", name="web-5xx"))
    assert "It was ended before its time: the alarm web-5xx rings." in shows(view(150, of=stopped))
    ended = replace(stopped, ended=after(200))
    assert shows(view(210, samples(), of=ended)).startswith("⏹️")
    assert "Why it was ended: the alarm web-5xx rings." in shows(view(210, of=ended))


def test_a_click_on_abort_names_its_operation() -> None:
    rows: list[Any] = [block for block in message(view(80), speaker()).blocks if block["type"] == "actions"]
    [abort] = rows[0]["elements"]
    assert json.loads(abort["value"])["op"] == 42
    assert abort["text"]["text"] == "Abort"


def test_what_waits_for_a_person_is_offered_below() -> None:
    assert buttons(message(view(80, offers=OFFERS), speaker())) == [ABORT, "toban.offer.1", "toban.offer.2"]


def test_its_picture_is_there_when_slack_has_it() -> None:
    made = message(view(80), speaker(), Shown(native=True, picture="F0123"))
    assert [block["type"] for block in made.blocks] == [
        *("section", "section", "section", "image", "context", "section", "context", "actions"),
    ]


def test_of_many_marks_the_newest_are_shown_and_the_others_counted() -> None:
    many = tuple(mark(20 + at, f"event {at}") for at in range(20))
    text = shows(view(80, marks=many))
    assert "… 8 more before" in text
    assert "event 7" not in text
    assert "event 8" in text
    assert "event 19" in text


def test_a_probe_that_was_not_answered_for_yet_is_neither_well_nor_bad() -> None:
    found = drill(SHOP, API, until=80)
    text = shows(view(80, of=found))
    assert "⚪ api: no answer yet" in text
    half = merged(*(samples((70, 76, "504"), probe=one) for one in (SHOP, API)))
    assert "🟠 api: 45 % well (504)" in shows(view(80, half, of=found))


@pytest.mark.parametrize("at", [5, 80, 141, 150, 220])
def test_in_japanese_all_that_is_ours_is_japanese(at: float) -> None:
    text = shows(view(at, marks=(), timeline=None), "ja")
    for english in ("since", "well", "Users", "broken", "begins", "over", "put back", "database ·", "begun"):
        assert english not in text


def test_what_aws_says_mentions_and_links_nobody() -> None:
    evil = "<!channel> <@U0EVIL> <https://evil.example|click> *bold*"
    found = drill(replace(SHOP, name=evil), until=80)
    text = shows(view(80, of=found, marks=(mark(30, evil),)))
    assert "<!channel>" not in text
    assert "<https://evil" not in text


standings = st.builds(
    Standing, texts, st.none() | st.integers(0, 100), st.none() | st.integers(0, 10**6), texts
)
marks = st.builds(Mark, moments, st.sampled_from(Source), said, texts, st.booleans())
drills = st.builds(
    lambda about, person, at: drill(
        until=at, person=person, spec=replace(drill().spec, about=about, kind=about, account=about)
    ),
    texts,
    people,
    st.sampled_from([0, 50, 141, 150, 220]),
)
many = st.lists(said, max_size=20).map(tuple)
views = st.builds(
    DrillView,
    drill=drills,
    standings=st.lists(standings, max_size=20).map(tuple),
    landed=many,
    course=many,
    marks=st.lists(marks, max_size=30).map(tuple),
    timeline=st.none() | st.just(view(80).timeline),
    verdict=many,
    held=st.none() | st.booleans(),
    offers=st.lists(st.builds(Offer, said, texts), max_size=80).map(tuple),
)


@given(views, languages, shown)
@settings(max_examples=40, deadline=None, derandomize=True)
def test_any_drill_makes_a_message(made: DrillView, language: str, shown: Shown) -> None:
    within_limits(message(made, SPEAKERS[language], shown if made.timeline else NOT_SHOWN))


def test_half_a_minute_is_told_in_whole_seconds() -> None:
    assert glance.round_up(timedelta(seconds=29.7)) == timedelta(seconds=30)
