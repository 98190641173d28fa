"""A process that stood still with a letter in its hand, while another one sent for it."""

from itertools import chain, repeat

from bot.operation import State
from bot.slack.post import SlackPost
from bot.store.outbox import Mail
from bot.views.message import Message
from tests.bot.outbox.office import Office


def test_an_old_edit_that_comes_late_is_edited_again(office: Office) -> None:
    number = office.waiting()
    office.settle()
    office.move(number, State.QUEUED, State.RUNNING)
    office.clock.push(seconds=5)
    _late_edit(office, number)
    office.settle()
    [card] = office.said()
    assert "done" in card.text


def _late_edit(office: Office, number: int) -> None:
    """It is on its way to Slack when its process stands still; the other shows the end first."""

    class Late(SlackPost):
        def edit(self, channel: str, ts: str, message: Message, mark: object) -> None:
            office.move(number, State.DONE)
            other = office.another()
            other.send_due()
            other.close()
            assert "done" in office.said()[0].text
            super().edit(channel, ts, message, mark)  # type: ignore[arg-type] # it is handed on

    office.replace_outbox(Late)
    office.outbox.send_due()
    assert "done" not in office.said()[0].text
    office.restart()


def test_who_finds_that_another_has_the_duty_edits_nothing(office: Office) -> None:
    number = office.waiting()
    office.settle()
    before = office.said()[0].text
    office.move(number, State.QUEUED, State.RUNNING)
    office.clock.push(seconds=5)
    _off_duty_right_before_the_request(office)
    assert office.said()[0].text == before


def test_who_finds_that_another_has_the_duty_whispers_nothing(office: Office) -> None:
    number = office.ask()
    office.mail(Mail.PRIVATE, number, said="only you read this")
    _off_duty_right_before_the_request(office)
    assert office.slack.ephemerals("C0OPS", "U0SATO") == []
    office.restart()
    office.settle()
    assert len(office.slack.ephemerals("C0OPS", "U0SATO")) == 1


def _off_duty_right_before_the_request(office: Office) -> None:
    looks = chain([True, True], repeat(False))  # when letters are handed out, and when this one's turn comes
    office.replace_outbox(SlackPost, lambda: next(looks))
    office.outbox.send_due()
