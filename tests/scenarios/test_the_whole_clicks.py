"""Many people click on one plan: one decision, one effect, and a sentence for each click."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.operation import State
from playground.aws.server import LocalAws
from tests.scenarios.given import (
    APPROVER,
    ENGLISH,
    FIFTH,
    OPERATOR,
    READER,
    SECOND,
    instances,
    run_instances,
)
from tests.scenarios.whole import Whole, the_whole

EVERYBODY = (OPERATOR, APPROVER, SECOND, READER, FIFTH)


@pytest.fixture
def whole(local_aws: LocalAws, tmp_path: Path) -> Iterator[Whole]:
    with the_whole(local_aws, tmp_path) as there:
        yield there


@pytest.mark.parametrize(("needs", "tags"), [(1, {}), (2, {"critical": "yes"})])
def test_fifty_clicks_at_once_are_one_decision_and_fifty_answers(
    whole: Whole, needs: int, tags: dict[str, str]
) -> None:
    run_instances(whole.aws, "prod", 3, env="prod", **tags)
    number = whole.asks("/ec2 stop tag:env=prod")
    card = whole.card(number, "waiting for approval")
    with ThreadPoolExecutor(50) as pool:
        told = list(
            pool.map(lambda who: whole.slack.as_person(who).clicks(card, "toban.approve"), EVERYBODY * 10)
        )
    assert [one.acked for one in told] == [True] * 50

    assert whole.ended(number) == [State.DONE]
    agreed = whole.rows("select person from approvals where operation = ?", number)
    assert len(agreed) == needs
    assert {person for (person,) in agreed} <= {APPROVER, SECOND, FIFTH}
    assert whole.rows("select count(*) from audit where event = 'operation.approved'") == [(needs,)]
    assert whole.aws.control.count("StopInstances") == 1
    answers = Counter(who for who in EVERYBODY for _ in whole.slack.ephemerals(ENGLISH, who))
    assert answers == dict.fromkeys(EVERYBODY, 10)
    assert len(set(whole.letters())) == len(whole.letters())


def test_a_colleague_says_no_and_why(whole: Whole) -> None:
    run_instances(whole.aws, "prod", 1, env="prod")
    number = whole.asks("/ec2 stop tag:env=prod")
    card = whole.card(number, "waiting for approval")
    assert whole.slack.as_person(SECOND).clicks(card, "toban.deny").acked
    (form,) = whole.slack.views(SECOND)
    assert whole.slack.as_person(SECOND).submits(form.id, {"reason/text": "the sale runs until noon"}).acked

    assert whole.ended(number) == [State.DENIED]
    assert "You denied" in whole.answer(ENGLISH, SECOND, set())
    assert "the sale runs until noon" in whole.card(number, "denied").text
    told = whole.reply(number, "end").text
    assert f"<@{OPERATOR}>" in told
    assert "the sale runs until noon" in told
    assert "denied by" in whole.clicks(card, FIFTH)
    assert whole.aws.control.count("StopInstances") == 0


def test_a_form_that_was_open_while_others_decided_denies_nothing(whole: Whole) -> None:
    run_instances(whole.aws, "prod", 1, env="prod")
    number = whole.asks("/ec2 stop tag:env=prod")
    card = whole.card(number, "waiting for approval")
    whole.slack.as_person(SECOND).clicks(card, "toban.deny")
    (form,) = whole.slack.views(SECOND)
    whole.clicks(card, FIFTH)
    assert whole.slack.as_person(SECOND).submits(form.id, {"reason/text": "no"}).acked
    assert "already" in whole.answer(ENGLISH, SECOND, set())
    assert whole.ended(number) == [State.DONE]


def test_who_may_not_decide_is_told_why_and_nothing_happens(whole: Whole) -> None:
    run_instances(whole.aws, "prod", 1, env="prod")
    number = whole.asks("/ec2 stop tag:env=prod", FIFTH)
    card = whole.card(number, "waiting for approval")
    assert "yourself" in whole.clicks(card, FIFTH)
    before = {each.ts for each in whole.slack.ephemerals(ENGLISH, READER)}
    assert whole.slack.as_person(READER).clicks(card, "toban.approve").acked
    assert "#1" in whole.answer(ENGLISH, READER, before)
    assert whole.state(number) is State.WAITING
    assert whole.rows("select count(*) from approvals") == [(0,)]
    assert set(instances(whole.aws, "prod").values()) == {"running"}


def test_a_button_still_works_after_a_restart_and_is_refused_after_its_time(whole: Whole) -> None:
    run_instances(whole.aws, "prod", 1, env="prod")
    number = whole.asks("/ec2 stop tag:env=prod")
    card = whole.card(number, "waiting for approval")
    whole.restart()
    assert "It is carried out now" in whole.clicks(card, SECOND)
    assert whole.ended(number) == [State.DONE]

    run_instances(whole.aws, "prod", 1, env="prod")
    number = whole.asks("/ec2 stop tag:env=prod")
    card = whole.card(number, "waiting for approval")
    whole.time.push(minutes=31)
    assert "has expired" in whole.clicks(card, SECOND)
    assert whole.ended(number) == [State.EXPIRED]
    assert "expired" in whole.card(number, "expired").text
    assert whole.aws.control.count("StopInstances") == 1


def test_a_click_that_is_delivered_twice_is_answered_once(whole: Whole) -> None:
    run_instances(whole.aws, "prod", 1, env="prod", critical="yes")
    number = whole.asks("/ec2 stop tag:env=prod")
    told = whole.slack.as_person(SECOND).clicks(whole.card(number, "waiting"), "toban.approve")
    assert whole.slack.office.send("interactive", told.payload).acked
    whole.until(whole.all_sent)
    assert ["1 of 2" in each.text for each in whole.slack.ephemerals(ENGLISH, SECOND)] == [True]
    assert whole.state(number) is State.WAITING
