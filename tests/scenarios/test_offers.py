"""A button beside an answer asks its line: as whoever clicked, under the answer, and once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from slack_sdk import WebClient

from bot.operation import State
from bot.plan import Offer, Plan
from bot.views.answer import answer
from bot.words import words
from playground.aws.server import LocalAws
from playground.slack.message import Message
from tests.bot.views.reports import speaker
from tests.scenarios.given import ENGLISH, OPERATOR, READER, SECOND, run_instances
from tests.scenarios.whole import Whole, the_whole

LINES = ("ec2 stop tag:env=dev", "ec2 stop --sideways", "help")
STOP, MISTAKE, HELP = (f"toban.offer.{number}" for number in (1, 2, 3))


@pytest.fixture
def whole(local_aws: LocalAws, tmp_path: Path) -> Iterator[Whole]:
    with the_whole(local_aws, tmp_path) as there:
        yield there


def bill(whole: Whole, alone: str = "") -> Message:
    """An answer with a button for each line, for everybody or for one person alone."""
    offers = tuple(Offer(words("Ask {line}", line=line), line) for line in LINES)
    said = answer(Plan(words("somewhat wasteful"), offers=offers), speaker())
    web = WebClient(whole.slack.bot_token, base_url=whole.slack.api_url)
    if alone:
        web.chat_postEphemeral(channel=ENGLISH, user=alone, text=said.text, blocks=said.blocks)
        return whole.slack.ephemerals(ENGLISH, alone)[-1]
    web.chat_postMessage(channel=ENGLISH, text=said.text, blocks=said.blocks)
    return whole.slack.messages(ENGLISH)[-1]


def test_it_is_asked_by_whoever_clicks_and_its_card_stands_under_the_answer(whole: Whole) -> None:
    run_instances(whole.aws, "dev", 1, env="dev")
    said = bill(whole)
    clicked = whole.slack.as_person(SECOND).clicks(said, STOP)
    number = whole.number(f"offer:{clicked.payload['trigger_id']}")
    assert whole.ended(number) == [State.DONE]
    assert whole.rows("select person, door, line from asks") == [(SECOND, "button", LINES[0])]
    assert whole.card(number).thread_ts == said.ts


def test_a_second_delivery_of_the_same_click_asks_nothing(whole: Whole) -> None:
    run_instances(whole.aws, "dev", 1, env="dev")
    clicked = whole.slack.as_person(SECOND).clicks(bill(whole), STOP)
    assert whole.slack.office.send("interactive", clicked.payload).acked
    whole.ended(whole.number(f"offer:{clicked.payload['trigger_id']}"))
    assert whole.rows("select count(*) from asks") == [(1,)]
    assert whole.slack.ephemerals(ENGLISH, SECOND) == []


def test_who_may_not_ask_it_is_told_so_alone(whole: Whole) -> None:
    assert whole.clicks(bill(whole), READER, STOP)
    assert whole.rows("select count(*) from asks") == [(0,)]
    assert len(whole.slack.messages(ENGLISH)) == 1


@pytest.mark.parametrize(("button", "tells"), [(MISTAKE, "--sideways"), (HELP, "help")])
def test_a_line_that_asks_nothing_is_answered_too(whole: Whole, button: str, tells: str) -> None:
    assert tells in whole.clicks(bill(whole), OPERATOR, button)


def test_what_one_person_alone_sees_has_no_thread_to_answer_in(whole: Whole) -> None:
    run_instances(whole.aws, "dev", 1, env="dev")
    clicked = whole.slack.as_person(OPERATOR).clicks(bill(whole, OPERATOR), STOP)
    number = whole.number(f"offer:{clicked.payload['trigger_id']}")
    whole.ended(number)
    assert whole.card(number).thread_ts == ""


def test_people_of_another_workspace_are_answered_and_not_heard(whole: Whole) -> None:
    clicked = whole.slack.as_person(SECOND).clicks(bill(whole), MISTAKE)
    elsewhere = {
        "user": {**clicked.payload["user"], "id": "W0STRANGER", "team_id": "T0ELSEWHERE"},
        "trigger_id": "9.9",
    }
    assert whole.slack.office.send("interactive", {**clicked.payload, **elsewhere}).acked
    whole.slack.wait_for_ephemeral(ENGLISH, SECOND, lambda said: "another workspace" in said.text)
    assert whole.rows("select count(*) from asks") == [(0,)]
