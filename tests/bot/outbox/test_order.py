"""Order and pace: by channel, one post a second, no channel holds another."""

import threading
from datetime import UTC, datetime

from bot.bell import Bell
from bot.operation import State
from bot.store.outbox import Mail
from tests.bot.outbox.office import Office


def test_a_channel_hears_things_in_order_also_when_the_first_fails(office: Office) -> None:
    office.slack.faults.answer("chat.postMessage", status=500, times=2)
    for index in range(5):
        office.notice(f"n{index}", "C0OPS", f"notice {index}")
    office.settle()
    assert [said.text for said in office.said()] == [f"notice {index}" for index in range(5)]


def test_a_channel_gets_one_post_a_second(office: Office) -> None:
    office.slack.faults.one_a_second = True
    for index in range(5):
        office.notice(f"n{index}", "C0OPS", f"notice {index}")
    office.settle(seconds=0.25)
    assert len(office.said()) == 5
    assert office.slack.faults.happened["429"] == 0


def test_edits_do_not_wait_behind_posts(office: Office) -> None:
    number = office.waiting()
    office.settle()
    for index in range(5):
        office.notice(f"n{index}", "C0OPS", f"notice {index}")
    office.move(number, State.QUEUED, State.RUNNING, State.DONE)
    office.outbox.send_due()
    office.clock.push(milliseconds=10)
    office.outbox.send_due()
    assert "done" in office.said()[0].text


def test_ends_go_before_progress(office: Office) -> None:
    first, second = office.waiting(), office.waiting()
    office.settle()
    office.move(first, State.QUEUED, State.RUNNING)
    office.settle()
    office.touch(first, progress=True)
    office.move(second, State.CANCELLED)
    office.be_hasty()
    office.slack.faults.hang("chat.update")  # only the first of the two edits is tried
    office.outbox.send_due()
    tried = office.slack.wire.lines("chat.update", way="in")[-1]
    assert f"#{second}" in str(tried)


def test_a_channel_that_hangs_does_not_hold_another(office: Office) -> None:
    office.be_hasty()
    office.slack.faults.hang("chat.postMessage", times=1)
    office.notice("a", "C0OPS", "first")
    office.outbox.send_due()
    office.notice("b", "C0BILLING", "second")
    office.outbox.send_due()
    assert [said.text for said in office.said("C0BILLING")] == ["second"]
    assert office.said() == []


def test_a_letter_that_cannot_be_written_holds_up_no_other(office: Office) -> None:
    number = office.ask()  # without a plan there is no answer to write
    office.mail(Mail.ANSWER, number)
    office.notice("b", "C0OPS", "second")
    office.outbox.send_due()
    office.clock.push(seconds=6)
    office.outbox.send_due()
    assert [said.text for said in office.said()] == ["second"]


def test_a_thread_sends_as_soon_as_it_hears_the_bell(office: Office) -> None:
    stop, bell = threading.Event(), Bell()
    ear = bell.ear()
    office.clock.now = datetime.now(UTC)
    sender = threading.Thread(target=office.outbox.run, args=(stop, ear))
    sender.start()
    try:
        office.waiting()
        bell.ring()
        office.slack.wait_for_message("C0OPS", lambda said: "waiting for approval" in said.text)
    finally:
        stop.set()
        bell.ring()
        sender.join()
    assert not office.waits()
