"""Enterprise Grid and Slack Connect: people of many workspaces are one person each, strangers are refused."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.operation import State
from playground.aws.server import LocalAws
from playground.slack.people import Person
from tests.scenarios.given import APPROVER, ENGLISH, FIFTH, OPERATOR, READER, run_instances
from tests.scenarios.whole import Whole, the_whole

ORGANISATION, OURS, SECOND_OFFICE, ELSEWHERE = "E0ASAGAO", "T0ASAGAO", "T0OSAKA", "T0STRANGER"


@pytest.fixture
def whole(local_aws: LocalAws, tmp_path: Path) -> Iterator[Whole]:
    """One app for the whole organisation; the approver belongs to another of its workspaces."""
    with the_whole(local_aws, tmp_path) as there:
        there.stop()
        slack = there.slack.workspace
        slack.team = replace(slack.team, enterprise=ORGANISATION, siblings=(SECOND_OFFICE,))
        slack.app = replace(slack.app, org_wide=True)
        lives_in(there, APPROVER, SECOND_OFFICE)
        there.start()
        yield there


def lives_in(whole: Whole, person: str, team: str) -> None:
    """Somebody belongs to this workspace."""
    people = whole.slack.workspace.people
    people[person] = replace(people[person], team=team)


def test_people_of_two_workspaces_ask_and_approve_and_nobody_agrees_with_themselves(whole: Whole) -> None:
    run_instances(whole.aws, "prod", 1, env="prod")
    number = whole.asks("/ec2 stop tag:env=prod")
    card = whole.card(number, "waiting for approval")
    lives_in(whole, OPERATOR, SECOND_OFFICE)  # the same person, met in another workspace
    whole.clicks(card, OPERATOR)
    assert whole.state(number) is State.WAITING
    whole.clicks(card, APPROVER)
    assert whole.ended(number) == [State.DONE]
    assert whole.rows("select person from approvals where operation = ?", number) == [(APPROVER,)]


def test_somebody_of_the_organisation_whom_no_group_names_is_heard_wherever_they_sit(whole: Whole) -> None:
    lives_in(whole, READER, SECOND_OFFICE)
    whole.asks("/ec2 list", READER)


def test_a_stranger_of_slack_connect_is_refused_by_mention_and_by_click(whole: Whole) -> None:
    run_instances(whole.aws, "prod", 1, env="prod")
    number = whole.asks("/ec2 stop tag:env=prod")
    card = whole.card(number, "waiting for approval")
    stranger = Person("W0STRANGER", "stranger", "A stranger", "en-US", team=ELSEWHERE)
    whole.slack.workspace.people[stranger.id] = stranger
    whole.slack.workspace.channels[ENGLISH].members.add(stranger.id)
    assert "another workspace" in whole.clicks(card, stranger.id)
    before = {each.ts for each in whole.slack.ephemerals(ENGLISH, stranger.id)}
    assert whole.slack.as_person(stranger.id).mentions(ENGLISH, "ec2 list").acked
    assert "another workspace" in whole.answer(ENGLISH, stranger.id, before)
    assert whole.rows("select count(*) from asks where person = ?", stranger.id) == [(0,)]


def test_a_partner_whom_the_config_names_is_one_of_us(whole: Whole) -> None:
    lives_in(whole, FIFTH, ELSEWHERE)
    whole.asks("/ec2 list", FIFTH)
