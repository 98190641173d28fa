"""Whatever goes wrong on the way, a message that everybody sees is there once, and shows the end."""

import re
from collections import Counter

import pytest

from bot.operation import State
from bot.store import delivery
from bot.store.outbox import Mail
from playground.slack.message import Message
from tests.bot.outbox.office import Office

END = (State.QUEUED, State.RUNNING, State.DONE)


def _done(cards: list[Message]) -> list[int]:
    """The numbers of the operations whose cards say that they are done."""
    found = [re.search(r"#(\d+) · done", card.text) for card in cards]
    return [int(each[1]) for each in found if each]


def texts(office: Office, channel: str = "C0OPS") -> list[str]:
    return [said.text for said in office.said(channel)]


@pytest.mark.parametrize("seed", range(5))
def test_a_third_of_all_calls_may_fail(office: Office, seed: int) -> None:
    office.be_hasty()
    office.slack.faults.share(0.3, seed=seed)
    channels = ("C0OPS", "C0BILLING", "C0OPSPROD")
    numbers = [office.waiting(channel=channel) for channel in channels for _ in range(3)]
    for number in numbers:
        office.mail(Mail.REPLY, number, "approve")
    office.outbox.send_due()
    for number in numbers:
        office.move(number, *END)
        office.mail(Mail.REPLY, number, "end")
        office.mail(Mail.FILE, number)
    office.settle()
    said = [message for channel in channels for message in office.said(channel)]
    cards = [message for message in said if not message.thread_ts]
    ends = Counter(message.thread_ts for message in said if "U0SATO" in message.text and message.thread_ts)
    assert sorted(_done(cards)) == numbers
    assert len(cards) == len(numbers)
    assert ends == {card.ts: 1 for card in cards}
    assert sorted(file.name for file in office.slack.files()) == sorted(f"{n}-plan.txt" for n in numbers)
    assert {"429", "500", "cut", "timeout"} >= set(office.slack.faults.happened)


def test_a_cut_post_is_found_again(office: Office) -> None:
    number = office.waiting()
    office.slack.faults.cut("chat.postMessage")
    office.outbox.send_due()
    assert office.rows()[0].doubtful
    office.move(number, *END)
    office.settle()
    [card] = office.said()
    assert "done" in card.text


def test_a_process_that_died_before_the_answer_finds_its_post_again(office: Office) -> None:
    office.waiting()
    office.die_at_the_next_post()
    office.settle()
    assert len(office.said()) == 1


def test_a_process_that_died_before_its_post_posts_it(office: Office) -> None:
    office.waiting()
    [letter] = office.rows()
    office.db.write(lambda tx: delivery.doubt(tx, letter))
    office.restart()
    office.settle()
    assert len(office.said()) == 1


def test_it_is_found_behind_many_pages_of_talk(office: Office) -> None:
    office.waiting()
    office.slack.faults.cut("chat.postMessage")
    office.outbox.send_due()
    for index in range(450):
        office.slack.workspace.say("C0OPS", "U0ITO", f"talk {index}")
    office.settle()
    assert office.calls("chat.postMessage") == 1


def test_a_card_begun_anew_is_not_taken_for_the_old_one(office: Office) -> None:
    number = office.waiting()
    office.settle()
    office.slack.faults.refuse("chat.update", "edit_window_closed")
    office.be_hasty()
    office.slack.faults.hang("chat.postMessage")
    office.move(number, *END)
    office.settle()
    assert ["done" in text for text in texts(office)] == [False, True]


def test_a_cut_upload_is_found_again(office: Office) -> None:
    number = office.waiting()
    office.settle()
    office.mail(Mail.FILE, number)
    office.slack.faults.cut("files.completeUploadExternal")
    office.settle()
    assert len(office.slack.files()) == 1


def test_a_channel_waits_as_long_as_slack_asks(office: Office) -> None:
    office.waiting()
    office.slack.faults.answer("chat.postMessage", status=429, retry_after=30)
    office.outbox.send_due()
    office.clock.push(seconds=29)
    assert not office.outbox.send_due()
    office.clock.push(seconds=1)
    office.outbox.send_due()
    assert len(office.said()) == 1


def test_after_a_day_nobody_tries_any_more(office: Office) -> None:
    office.waiting()
    office.slack.faults.answer("chat.postMessage", status=500, times=10_000)
    office.outbox.send_due()
    office.clock.push(hours=25)
    office.settle(turns=3)
    assert office.said() == []
