"""What a schedule's channel is told goes by mail as well, once to each address, whatever the server does."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage

import pytest

from bot.chart import Chart
from bot.drawn import Drawn
from bot.operation import Door, State
from bot.picture.painter import Picture, Unpaintable
from bot.plan import Plan
from bot.store.outbox import Mail
from bot.words import words
from tests.bot.outbox.office import Office
from tests.bot.outbox.postbox import ANSWER, CFO, OPS, Served, mailer, served, smtp
from tests.mail_server import local_mail


@pytest.fixture
def postbox(office: Office) -> Iterator[Served]:
    with local_mail() as server:
        yield served(office, server)


def test_it_arrives_once_and_says_what_the_channel_is_told(postbox: Served) -> None:
    number = postbox.answered()
    postbox.turns(3)
    (mail,) = postbox.came()
    assert mail["Subject"] == "The bill of yesterday: $412.30"
    assert f"in Slack it is #{number}" in plain(mail)
    assert (postbox.waits(), postbox.told()) == ([], [])


def test_each_address_gets_its_own_and_sees_no_other(postbox: Served) -> None:
    postbox.answered(to=(OPS, CFO))
    postbox.turns(1)
    ((one,), (other,)) = (postbox.came(OPS), postbox.came(CFO))
    assert (one["To"], other["To"]) == (OPS, CFO)
    assert one["Message-ID"] != other["Message-ID"]
    assert CFO.encode() not in postbox.server.inbox.raw[0]


def test_an_address_that_is_refused_is_told_once_in_the_channel_and_the_others_are_served(
    postbox: Served,
) -> None:
    postbox.server.inbox.addresses[OPS] = "550 5.1.1 there is nobody"
    number = postbox.answered(to=(OPS, CFO))
    postbox.turns(5)
    (said,) = postbox.told()
    assert said.startswith(f"#{number} does not go by mail to {OPS}: ")
    assert "550 5.1.1 there is nobody" in said
    assert "correct it under mail of the schedule" in said
    assert (len(postbox.came(CFO)), postbox.waits()) == (1, [])


def test_a_server_that_is_away_for_an_hour_gets_it_when_it_is_back(postbox: Served) -> None:
    postbox.server.stop()
    postbox.answered(to=(OPS, CFO))
    postbox.turns(12, minutes=5)
    assert len(postbox.waits()) == 2
    postbox.server.start()
    postbox.turns(2)
    assert (len(postbox.came(OPS)), len(postbox.came(CFO)), postbox.told()) == (1, 1, [])


def test_while_a_server_is_away_it_is_not_asked_for_every_letter(postbox: Served) -> None:
    postbox.server.stop()
    postbox.answered(to=(OPS, CFO))
    postbox.turns(1)
    assert [row.tries for row in postbox.waits()] == [1, 0]


def test_an_address_that_is_not_taken_now_keeps_nobody_else_waiting(postbox: Served) -> None:
    postbox.server.inbox.addresses[OPS] = "450 4.2.0 greylisted"
    postbox.answered(to=(OPS, CFO))
    postbox.turns(1)
    assert (len(postbox.came(OPS)), len(postbox.came(CFO))) == (0, 1)
    postbox.server.inbox.addresses.clear()
    postbox.turns(2)
    assert len(postbox.came(OPS)) == 1


def test_after_a_day_it_is_given_up_and_the_channel_told(postbox: Served) -> None:
    postbox.server.stop()
    number = postbox.answered(to=(OPS, CFO))
    postbox.turns(7, minutes=8 * 60)
    (said,) = postbox.told()
    assert said.startswith(f"Nothing of #{number} goes out by mail: no mail server took it in 1 day")
    assert "(ConnectionRefusedError)" in said
    assert postbox.waits() == []


def test_a_line_that_breaks_after_it_was_handed_over_brings_the_same_mail_again(postbox: Served) -> None:
    """A mail program that has it already knows it by its Message-ID."""
    postbox.server.inbox.cuts = 1
    postbox.answered()
    postbox.turns(3)
    first, second = postbox.came()
    assert first["Message-ID"] == second["Message-ID"]
    assert (first["Date"], plain(first)) == (second["Date"], plain(second))
    assert postbox.waits() == []


def test_a_line_that_breaks_for_a_day_is_told_as_what_it_is(postbox: Served) -> None:
    postbox.server.inbox.cuts = 100
    postbox.answered()
    postbox.turns(5, minutes=8 * 60)
    (said,) = postbox.told()
    assert "so it may have arrived" in said


def test_a_server_without_encryption_gets_nothing_and_the_channel_is_told_once(office: Office) -> None:
    with local_mail(tls_context=None) as server:
        postbox = served(office, server)
        number = postbox.answered(to=(OPS, CFO))
        postbox.turns(3)
        (said,) = postbox.told()
    assert said.startswith(f"Nothing of #{number} goes out by mail: the mail server does not take STARTTLS")
    assert (server.inbox.came, postbox.waits()) == ([], [])


@pytest.mark.parametrize("cuts", [0, 1])
def test_a_restart_between_loses_nothing_and_makes_nothing_new(postbox: Served, cuts: int) -> None:
    postbox.server.inbox.cuts = cuts
    postbox.server.inbox.addresses[CFO] = "450 4.2.0 greylisted"
    postbox.answered(to=(OPS, CFO))
    postbox.turns(1)
    postbox.restart()
    postbox.server.inbox.addresses.clear()
    postbox.turns(3)
    assert len({mail["Message-ID"] for mail in postbox.came(OPS)}) == 1
    assert (len(postbox.came(OPS)), len(postbox.came(CFO)), postbox.waits()) == (1 + cuts, 1, [])


def test_dying_after_it_was_taken_brings_the_same_mail_again(postbox: Served) -> None:
    class Died(BaseException):
        """The process is gone."""

    class Dying:
        def send(self, mail: EmailMessage, sender: str, to: str) -> None:
            postbox.server.inbox.came.append((to, mail))
            raise Died

    postbox.answered()
    with pytest.raises(Died):
        mailer(postbox.office, Dying()).send_due()
    postbox.restart()
    postbox.turns(1)
    first, second = postbox.came()
    assert first["Message-ID"] == second["Message-ID"]


def test_nothing_in_slack_waits_for_a_mail_server_nor_is_a_mail_sent_there(
    postbox: Served, caplog: pytest.LogCaptureFixture
) -> None:
    postbox.answered()
    postbox.office.outbox.send_due()
    assert len(postbox.office.said()) == 1
    assert [(row.tries, row.ts) for row in postbox.waits()] == [(0, "")]
    assert [one for one in caplog.records if "stumbled" in one.getMessage()] == []


def test_an_answer_that_is_made_anew_is_not_mailed_again(postbox: Served) -> None:
    number = postbox.answered()
    postbox.turns(1)
    postbox.office.answer_anew(number, Plan(words("The bill of yesterday: {amount}", amount="$420.00")))
    postbox.turns(2)
    assert len(postbox.came()) == 1


def test_one_that_has_to_wait_says_the_newest(postbox: Served) -> None:
    postbox.server.stop()
    number = postbox.answered()
    postbox.turns(1)
    postbox.office.answer_anew(number, Plan(words("The bill of yesterday: {amount}", amount="$420.00")))
    postbox.server.start()
    postbox.turns(2)
    assert [mail["Subject"] for mail in postbox.came()] == ["The bill of yesterday: $420.00"]


def test_the_end_of_an_operation_with_steps_is_mailed_with_its_steps(postbox: Served) -> None:
    number = postbox.office.ask(Door.CLOCK)
    postbox.office.plan(number, steps_=60)
    postbox.office.move(number, State.QUEUED, State.RUNNING, State.PARTLY)
    postbox.post(number, [OPS])
    postbox.turns(1)
    (mail,) = postbox.came()
    assert mail["Subject"] == "stop web servers – partly done"
    assert "… and 20 more" in plain(mail)
    (file,) = mail.iter_attachments()
    assert file.get_filename() == f"{number}-plan.txt"
    assert "i-0059" in file.get_content()


def test_a_picture_that_cannot_be_drawn_is_missed_in_words(postbox: Served) -> None:
    def paint(chart: Drawn, language: str) -> Picture:
        raise Unpaintable("no room")

    postbox.mailer = mailer(postbox.office, smtp(postbox.server), paint)
    chart = Chart(words("Costs"), words("It costs $3 a day."), "USD", ("2026-11-20",), ())
    postbox.answered(replace(ANSWER, chart=chart))
    postbox.turns(1)
    (mail,) = postbox.came()
    assert "It costs $3 a day.\nThe picture could not be drawn;" in plain(mail).replace("\r\n", "\n")
    assert [part.get_content_type() for part in mail.walk()][1:] == ["text/plain", "text/html"]


def test_no_address_and_no_words_of_the_server_are_in_the_log(
    postbox: Served, caplog: pytest.LogCaptureFixture
) -> None:
    postbox.server.inbox.addresses |= {OPS: f"550 no <{OPS}>", CFO: f"450 not now <{CFO}>"}
    with caplog.at_level(logging.DEBUG):
        postbox.answered(to=(OPS, CFO))
        postbox.turns(5, minutes=8 * 60)
    logged = [one.getMessage() for one in caplog.records if one.name.startswith("toban")]
    assert any(line.endswith("is given up: smtp 550") for line in logged)
    assert [line for line in logged if "example.com" in line] == []


def test_a_letter_that_cannot_be_written_stops_no_other(postbox: Served) -> None:
    postbox.answered(to=("ops@example.com\nBcc: x@example.com", CFO))
    postbox.turns(2)
    assert [to for to, _ in postbox.server.inbox.came] == [CFO]
    assert postbox.office.clock() - postbox.waits()[0].created < timedelta(hours=1)


def test_a_mail_is_of_its_letter_its_database_and_its_hour(postbox: Served) -> None:
    """A database that is put back from a backup counts its letters anew: those are other mails."""
    postbox.answered()
    postbox.turns(1)
    (letter,) = [row for row in postbox.office.rows() if row.kind is Mail.EMAIL]
    toban, own_id, number, hour = postbox.came()[0]["Message-ID"].strip("<>").partition("@")[0].split(".")
    assert (toban, number, hour) == ("toban", str(letter.id), f"{letter.created:%Y%m%d%H%M%S}")
    assert len(own_id) == 16


def test_what_is_asked_again_is_mailed_again(postbox: Served) -> None:
    postbox.answered(ANSWER)
    postbox.answered(ANSWER)
    postbox.turns(1)
    assert len(postbox.came()) == 2


def plain(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())
