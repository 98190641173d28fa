"""A storm's message: how many, how they stand, the newest; in both languages, within Slack's limits."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.trouble import State, Trouble
from bot.views.storm import ACKNOWLEDGE_ALL, NEWEST, message
from bot.words import words
from tests.bot.views.reports import NOW, speaker
from tests.bot.views.test_limits import SPEAKERS, languages, texts, within_limits
from tests.bot.views.test_trouble import ALARM, OVER, buttons, troubles

MANY = [replace(ALARM, number=n, title=words("{alarm} rings", alarm=f"web-{n}")) for n in range(200, 180, -1)]


def shows(
    counts: Mapping[State, int],
    newest: Sequence[Trouble] = MANY,
    language: str = "en",
    cause: str = "prod CloudWatch",
) -> str:
    made = message(7, cause, NOW, counts, newest, speaker(language))
    within_limits(made)
    return made.text


def test_it_says_how_many_and_the_newest_of_them() -> None:
    text = shows({State.OPEN: 190, State.ACKNOWLEDGED: 2, State.OVER: 8})
    assert text.startswith("🌩️ *200 alarms at once in prod CloudWatch; 192 of them not over*")
    assert "🔴 #A200 web-200 rings" in text
    assert text.count("rings") == NEWEST
    assert f"… and {200 - NEWEST} more" in text
    assert "all of them: /alarm list" in text


def test_when_all_are_over_it_says_so() -> None:
    text = shows({State.OVER: 3}, [OVER] * 3)
    assert text.startswith("✅ *3 alarms at once in prod CloudWatch; 0 of them not over*")
    assert "more" not in text


def test_what_has_no_cause_of_its_own_is_in_several_places() -> None:
    assert "in several places" in shows({State.OPEN: 9}, cause="")


def test_in_japanese_all_that_is_ours_is_japanese() -> None:
    text = shows({State.OPEN: 200}, [], "ja", cause="")
    for english in ("alarms at once", "several", "not over", "since", "all of them"):
        assert english not in text


@given(
    texts,
    st.dictionaries(st.sampled_from(State), st.integers(0, 10**6)),
    st.lists(troubles, max_size=12),
    languages,
)
@settings(max_examples=15, deadline=None, derandomize=True)
def test_any_storm_makes_a_message(
    cause: str, counts: dict[State, int], newest: list[Trouble], language: str
) -> None:
    within_limits(message(7, cause, NOW, counts, newest, SPEAKERS[language]))


def test_one_button_acknowledges_all_while_somebody_has_to() -> None:
    made = message(7, "prod EC2", NOW, {State.OPEN: 190, State.OVER: 2}, MANY, speaker())
    assert buttons(made) == [ACKNOWLEDGE_ALL]
    assert '{"op": 7, "hash": "storm"}' in [one["value"] for one in made.blocks[-1]["elements"]]  # type: ignore[attr-defined]
    for counts in ({State.ACKNOWLEDGED: 3}, {State.OVER: 3}):
        quiet = message(7, "prod EC2", NOW, counts, MANY, speaker())
        assert buttons(quiet) == []
