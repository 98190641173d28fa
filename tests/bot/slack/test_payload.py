"""What Slack delivers to forms, home tab and shortcut is read strictly."""

from typing import Any

import pytest

from bot.slack.payload import denial, home_opened, offer, press, shortcut, who

USER = {"user": {"id": "U0SATO", "team_id": "T0TOBAN"}}
BUTTON = {"action_id": "toban.approve", "value": '{"op":7,"hash":"abc"}'}
CLICK: dict[str, Any] = {**USER, "trigger_id": "1.2", "actions": [BUTTON]}
HOME = {"view": {"type": "home", "id": "V1"}, "container": {"type": "view", "view_id": "V1"}}
MESSAGE = {**USER, "trigger_id": "1.2", "channel": {"id": "C0OPS"}, "message": {"ts": "9.9"}}


def test_a_click_in_the_home_tab_has_no_channel() -> None:
    read = press({**CLICK, **HOME})
    assert read is not None
    assert (read.number, read.where.channel, read.where.person) == (7, "", "U0SATO")


def test_a_click_from_nowhere_is_nothing() -> None:
    assert press(CLICK) is None
    assert press({**CLICK, "view": {"type": "modal"}}) is None


def test_a_reason_given_from_the_home_tab_counts() -> None:
    state = {"values": {"reason": {"text": {"value": "no"}}}}
    view = {"id": "V2", "state": state, "private_metadata": '{"op":7,"hash":"abc","channel":""}'}
    read = denial({**USER, "view": view}, "reason", "text")
    assert read is not None
    assert (read.number, read.reason) == (7, "no")


@pytest.mark.parametrize("event", [None, {}, {"user": "U0SATO"}, {"user": "U0SATO", "tab": "messages"}, []])
def test_only_an_opened_home_tab_is_one(event: object) -> None:
    assert home_opened({"event": event}) is None


def test_an_opened_home_tab_says_whose() -> None:
    read = home_opened({"team_id": "T0TOBAN", "event": {"user": "U0SATO", "tab": "home"}})
    assert read is not None
    assert (read.person, read.team) == ("U0SATO", "T0TOBAN")


def test_a_shortcut_answers_in_the_thread_it_was_used_in() -> None:
    top = shortcut(MESSAGE)
    below = shortcut({**MESSAGE, "message": {"ts": "9.9", "thread_ts": "8.8"}})
    parent = shortcut({**MESSAGE, "message": {"ts": "9.9", "thread_ts": "9.9"}})
    assert [each and each.where.thread for each in (top, below, parent)] == ["", "8.8", ""]


@pytest.mark.parametrize("missing", ["user", "trigger_id", "channel", "message"])
def test_a_shortcut_without_all_its_parts_is_nothing(missing: str) -> None:
    assert shortcut({**MESSAGE, missing: None}) is None


def test_who_belongs_to_a_team_is_read_from_wherever_slack_says_it() -> None:
    assert who({"user": {"id": "U1"}, "team": {"id": "T1"}}, "C1").team == "T1"


OFFER = {"action_id": "toban.offer.1", "value": "volume delete vol-1"}
TAKEN: dict[str, Any] = {
    **USER,
    "trigger_id": "1.2",
    "actions": [OFFER],
    "channel": {"id": "C0OPS"},
    "message": {"ts": "9.9"},
    "container": {"channel_id": "C0OPS", "message_ts": "9.9", "is_ephemeral": False},
}


def test_an_offer_that_is_taken_asks_its_line_under_the_answer() -> None:
    taken = offer(TAKEN)
    assert taken is not None
    assert (taken.text, taken.where.person, taken.where.channel) == ("volume delete vol-1", "U0SATO", "C0OPS")
    below = offer({**TAKEN, "message": {"ts": "9.9", "thread_ts": "8.8"}})
    assert [each and each.where.thread for each in (taken, below)] == ["9.9", "8.8"]


def test_what_one_person_alone_sees_has_no_thread() -> None:
    alone = offer({**TAKEN, "message": None, "container": {**TAKEN["container"], "is_ephemeral": True}})
    assert alone is not None
    assert (alone.where.channel, alone.where.thread) == ("C0OPS", "")


@pytest.mark.parametrize("missing", ["user", "trigger_id", "actions"])
def test_an_offer_without_all_its_parts_is_nothing(missing: str) -> None:
    assert offer({**TAKEN, missing: None}) is None


@pytest.mark.parametrize("value", ["", None, "x" * 4001])
def test_an_offer_of_nothing_that_could_be_asked_is_nothing(value: object) -> None:
    assert offer({**TAKEN, "actions": [{**OFFER, "value": value}]}) is None
