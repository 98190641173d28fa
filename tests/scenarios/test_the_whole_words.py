"""Mentions and two languages: the same grammar everywhere, and everybody reads their own language."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.operation import State
from playground.aws.server import LocalAws
from playground.slack.delivery import Envelope
from tests.scenarios.given import ENGLISH, OPERATOR, OPS, READER, SECOND, run_instances
from tests.scenarios.whole import Whole, the_whole


@pytest.fixture
def whole(local_aws: LocalAws, tmp_path: Path) -> Iterator[Whole]:
    with the_whole(local_aws, tmp_path) as there:
        yield there


def speaks(whole: Whole, person: str, sentence: str) -> None:
    """Return when the bot has heard from Slack which language a person reads."""
    wrong = "/ec2 stpo"
    whole.until(lambda: sentence in whole.types(wrong, person).shown)


def test_a_mention_is_answered_where_it_was_made(whole: Whole) -> None:
    (one,) = run_instances(whole.aws, "dev", 1, env="dev")
    person = whole.slack.as_person(OPERATOR)
    first = person.mentions(ENGLISH, "ec2 list")
    assert first.acked
    assert first.message is not None
    answered = whole.slack.wait_for_message(ENGLISH, lambda m: one in json.dumps(m.blocks))
    assert answered.thread_ts == first.message.ts

    second = person.mentions(ENGLISH, "ec2 stop tag:env=dev", first.message.ts)
    assert second.acked
    done = whole.slack.wait_for_message(ENGLISH, lambda m: "· done*" in m.text and bool(m.blocks), timeout=10)
    assert done.thread_ts == first.message.ts
    assert whole.ended(1, 2) == [State.ANSWERED, State.DONE]


def test_a_mention_that_slack_sends_again_is_one_operation(whole: Whole) -> None:
    whole.slack.socket.deaf = True
    hearing = threading.Timer(3.2, lambda: setattr(whole.slack.socket, "deaf", False))
    hearing.start()
    assert not whole.slack.as_person(OPERATOR).mentions(ENGLISH, "ec2 list").acked
    whole.until(lambda: whole.rows("select count(*) from asks") == [(1,)])
    hearing.join()

    sent = json.loads(whole.slack.wire.lines("events_api", way="out")[-1].body)
    again = Envelope("events_api", sent["payload"], 2, "timeout")
    assert whole.slack.office.delivery.deliver(again, 3).acked
    assert whole.ended(1) == [State.ANSWERED]
    assert whole.rows("select count(*) from asks") == [(1,)]
    assert len(whole.letters()) == 1


def test_help_and_mistakes_in_a_mention_are_for_whoever_made_it(whole: Whole) -> None:
    said = ("", "help", "ec2 stpo", "ec2 stop --help")
    for text in said:
        assert whole.slack.as_person(OPERATOR).mentions(ENGLISH, text).acked
    whole.until(lambda: len(whole.slack.ephemerals(ENGLISH, OPERATOR)) == len(said))
    assert all("ec2" in each.text for each in whole.slack.ephemerals(ENGLISH, OPERATOR))
    assert [each.user for each in whole.slack.messages(ENGLISH)] == [OPERATOR] * len(said)
    assert whole.rows("select count(*) from asks") == [(0,)]


def test_private_words_are_in_the_readers_language_and_cards_in_the_channels(whole: Whole) -> None:
    run_instances(whole.aws, "dev", 1, env="dev")
    speaks(whole, OPERATOR, "のことですか")
    speaks(whole, SECOND, "Did you mean")
    for channel in (OPS, ENGLISH):
        whole.asks("/ec2 list", OPERATOR, channel)
        whole.slack.wait_for_ephemeral(channel, OPERATOR, lambda m: "1台" in m.text)
        whole.asks("/ec2 list", SECOND, channel)
        whole.slack.wait_for_ephemeral(channel, SECOND, lambda m: "1 instance, 1 of them running" in m.text)

    number = whole.asks("/ec2 stop tag:env=dev", SECOND, OPS)
    assert whole.ended(number) == [State.DONE]
    assert "完了" in whole.card(number).text
    number = whole.asks("/ec2 start tag:env=dev", OPERATOR, ENGLISH)
    assert whole.ended(number) == [State.DONE]
    assert "done" in whole.card(number).text


def test_a_reader_is_told_no_in_their_own_language(whole: Whole) -> None:
    speaks(whole, READER, "のことですか")
    told = whole.types("/ec2 stop tag:env=dev", READER)
    assert told.shown
    assert "operators" in told.shown
    assert not told.shown.isascii()
    assert whole.rows("select count(*) from asks") == [(0,)]
