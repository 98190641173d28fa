"""Cards: posted once, edited to the newest."""

from bot.operation import State
from bot.store.outbox import Mail
from tests.bot.outbox.office import Office

END = (State.QUEUED, State.RUNNING, State.DONE)


def test_a_card_is_posted_where_it_was_asked(office: Office) -> None:
    number = office.waiting()
    office.outbox.send_due()
    [card] = office.said()
    assert f"#{number}" in card.text
    assert "waiting for approval" in card.text


def test_the_same_message_shows_the_end(office: Office) -> None:
    number = office.waiting()
    office.settle()
    office.move(number, *END)
    office.settle()
    [card] = office.said()
    assert f"#{number} · done" in card.text


def test_a_hundred_changes_are_few_edits_and_the_last_shows_the_end(office: Office) -> None:
    number = office.waiting()
    office.move(number, State.QUEUED, State.RUNNING)
    for _ in range(100):
        office.touch(number, progress=True)
        office.outbox.send_due()
        office.clock.push(milliseconds=30)
    office.move(number, State.DONE)
    office.outbox.send_due()
    [card] = office.said()
    assert f"#{number} · done" in card.text
    assert office.calls("chat.update") <= 5


def test_an_end_does_not_wait_for_the_second_between_two_edits(office: Office) -> None:
    number = office.waiting()
    office.outbox.send_due()
    office.move(number, *END)
    office.outbox.send_due()
    assert "done" in office.said()[0].text


def test_a_reply_stands_in_the_thread_of_its_card(office: Office) -> None:
    number = office.waiting()
    office.mail(Mail.REPLY, number, "approve")
    office.settle()
    card, reply = office.said()
    assert reply.thread_ts == card.ts


def test_nobody_is_asked_for_clicks_that_no_longer_count(office: Office) -> None:
    number = office.waiting()
    office.mail(Mail.REPLY, number, "approve")
    office.move(number, State.QUEUED)
    office.settle()
    assert len(office.said()) == 1


def test_a_card_that_may_not_be_edited_goes_on_in_its_thread(office: Office) -> None:
    number = office.waiting()
    office.settle()
    office.slack.faults.refuse("chat.update", "edit_window_closed")
    office.move(number, *END)
    office.settle()
    old, fresh = office.said()
    assert fresh.thread_ts == old.ts
    assert f"#{number} · done" in fresh.text


def test_a_card_that_was_deleted_is_posted_anew(office: Office) -> None:
    number = office.waiting()
    office.settle()
    office.slack.workspace.messages.remove(office.slack.workspace.messages.in_channel("C0OPS")[0])
    office.move(number, *END)
    office.settle()
    [fresh] = office.said()
    assert f"#{number} · done" in fresh.text


def test_where_nothing_may_be_edited_progress_does_not_flood_the_channel(office: Office) -> None:
    number = office.waiting()
    office.settle()
    office.slack.faults.refuse("chat.update", "edit_window_closed", times=99)
    office.move(number, State.QUEUED, State.RUNNING)
    for _ in range(20):
        office.touch(number, progress=True)
        office.settle()
        office.clock.push(seconds=1)
    office.move(number, State.DONE)
    office.settle()
    assert len(office.said()) <= 3
    assert "done" in office.said()[-1].text
