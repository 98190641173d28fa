"""Slack says no: the words arrive all the same."""

import logging

import pytest

from bot.operation import State
from bot.store.outbox import Mail
from tests.bot.outbox.office import Office

WHY = "the channel does not take messages of toban"


@pytest.mark.parametrize("code", ["invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"])
def test_blocks_that_are_refused_arrive_as_text(office: Office, code: str) -> None:
    office.waiting()
    office.slack.faults.refuse("chat.postMessage", code)
    office.settle()
    [card] = office.said()
    assert "waiting for approval" in card.text
    assert card.blocks == []


def test_an_edit_whose_blocks_are_refused_shows_only_the_new_text(office: Office) -> None:
    number = office.waiting()
    office.settle()
    office.slack.faults.refuse("chat.update", "invalid_blocks")
    office.move(number, State.CANCELLED)
    office.settle()
    [card] = office.said()
    assert "cancelled" in card.text
    assert card.blocks == []


@pytest.mark.parametrize("channel", ["C0RANDOM", "C0OLD", "C0NOWHERE"])
def test_a_channel_that_refuses_toban_moves_the_card_to_whoever_asked(office: Office, channel: str) -> None:
    number = office.waiting(channel=channel)
    office.mail(Mail.REPLY, number, "approve")
    office.settle()
    card, reply = office.said(office.slack.dm("U0SATO"))
    assert card.text.startswith(WHY)
    assert reply.thread_ts == card.ts


def test_a_card_lives_on_where_it_moved_to(office: Office) -> None:
    number = office.waiting(channel="C0RANDOM")
    office.settle()
    office.move(number, State.QUEUED, State.RUNNING, State.DONE)
    office.mail(Mail.REPLY, number, "end")
    office.settle()
    card, reply = office.said(office.slack.dm("U0SATO"))
    assert card.text.startswith(WHY)
    assert f"#{number} · done" in card.text
    assert reply.thread_ts == card.ts


def test_a_card_whose_channel_is_archived_later_goes_on_directly(office: Office) -> None:
    number = office.waiting()
    office.settle()
    office.slack.workspace.channels["C0OPS"].is_archived = True
    office.move(number, State.QUEUED, State.RUNNING, State.DONE)
    office.mail(Mail.REPLY, number, "end")
    office.settle()
    card, reply = office.said(office.slack.dm("U0SATO"))
    assert f"#{number} · done" in card.text
    assert reply.thread_ts == card.ts


def test_a_thread_that_is_gone_leaves_the_channel(office: Office) -> None:
    office.waiting(thread="1700000000.000100")
    office.settle()
    [card] = office.said()
    assert card.thread_ts == ""


def test_a_notice_nobody_can_be_told_is_given_up_and_logged(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    office.notice("n", "C0OLD", "hello")
    with caplog.at_level(logging.ERROR, "toban.outbox"):
        office.settle(turns=2)
    assert "nobody" in caplog.text


def test_a_notice_goes_to_the_person_it_names(office: Office) -> None:
    office.notice("n", "C0OLD", "hello", person="U0SATO")
    office.settle()
    [said] = office.said(office.slack.dm("U0SATO"))
    assert said.text.startswith(WHY)
    assert said.text.endswith("hello")


def test_what_is_wrong_with_the_settings_loses_nothing(office: Office) -> None:
    office.waiting()
    office.slack.faults.refuse("chat.postMessage", "invalid_auth", times=3)
    office.settle(seconds=60)
    assert len(office.said()) == 1


@pytest.mark.parametrize("code", ["token_revoked", "token_expired", "account_inactive"])
def test_a_token_that_is_taken_back_over_a_long_weekend_loses_nothing(office: Office, code: str) -> None:
    office.waiting()
    office.slack.faults.refuse("chat.postMessage", code, times=3)
    for _ in range(3):
        office.outbox.send_due()
        office.clock.push(days=2)
    assert office.said() == []
    office.settle(seconds=60)
    assert len(office.said()) == 1


def test_no_response_url_reaches_the_log(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    number = office.ask(response_url=f"{office.slack.url}/respond/T0/unknown")
    office.move(number, State.REFUSED)
    office.mail(Mail.PRIVATE, number, said="you may not")
    with caplog.at_level(logging.DEBUG):
        office.settle()
    assert "you may not" in office.slack.ephemerals("C0OPS", "U0SATO")[0].text
    assert "/respond/" not in caplog.text
    assert office.slack.bot_token not in caplog.text
