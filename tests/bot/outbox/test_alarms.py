"""Letters about troubles: one message each, edited, calls in its thread, and somebody always hears of it."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Connection

from bot.chart import Chart, Series, Shape
from bot.store import outbox, storms, troubles
from bot.store.outbox import Mail
from bot.trouble import State, Trouble
from bot.words import to_json, words
from tests.bot.outbox.office import Office
from tests.happened import RULE, seen

REPORTS, ELSEWHERE = "C0OPSPROD", "C0RANDOM"  # of which toban is no member


def begin(office: Office, channel: str = "C0OPS", owner: str = "", storm: int | None = None) -> Trouble:
    """A trouble and the letter that tells of it, as the path leaves them."""

    def change(tx: Connection) -> Trouble:
        one = seen(office.clock(), rule=replace(RULE, channel=channel))
        made = troubles.begin(tx, one, one.reading.severity, office.clock(), tells=False, storm=storm)
        kind, key = (Mail.STORM, f"storm:{storm}") if storm else (Mail.TROUBLE, f"trouble:{made.number}")
        outbox.put(tx, key, kind, office.clock(), channel=channel, person=owner, language="en")
        outbox.touch_key(tx, key, office.clock())
        return made

    return office.db.write(change)


def change(office: Office, number: int, **columns: object) -> None:
    def changed(tx: Connection) -> None:
        troubles.change(tx, number, **columns)
        outbox.touch_key(tx, f"trouble:{number}", office.clock())
        outbox.touch_key(tx, "storm:1", office.clock())

    office.db.write(changed)


def call(office: Office, number: int, channel: str = "C0OPS", owner: str = "", about: str = "1") -> None:
    said = to_json(words("{owner}: nobody has acknowledged this.", owner="U0SATO"))
    where = {"channel": channel, "person": owner, "language": "en", "body": said}
    office.db.write(lambda tx: outbox.put(tx, f"call:{number}:{about}", Mail.CALL, office.clock(), **where))


def reporting(office: Office, channel: str = REPORTS) -> None:
    office.reports = channel
    office.restart()


# -- one message ----------------------------------------------------------------------------------------


def test_a_trouble_is_one_message_from_its_begin_to_its_end(office: Office) -> None:
    begin(office)
    office.settle()
    change(office, 1, state=State.ACKNOWLEDGED, acknowledged_by="U0SATO", acknowledged_at=office.clock())
    office.settle()
    change(office, 1, state=State.OVER, ended=office.clock() + timedelta(minutes=9))
    office.settle()
    (only,) = office.said()
    assert only.text.startswith("✅ *#A1 · web-cpu begins*")
    assert office.calls("chat.postMessage") == 1


def test_what_changes_often_is_edited_seldom(office: Office) -> None:
    begin(office)
    office.settle()
    for times in range(2, 40):
        change(office, 1, times=times)
        office.outbox.send_due()
    office.settle()
    assert "begun 39 times" in office.said()[0].text
    assert office.calls("chat.update") <= 2


def test_a_call_stands_in_the_thread_of_its_message(office: Office) -> None:
    begin(office)
    call(office, 1)
    office.settle()
    message, called = office.said()
    assert called.thread_ts == message.ts
    assert called.text == "<@U0SATO>: nobody has acknowledged this."


def test_a_storm_is_one_message_with_its_calls_in_its_thread(office: Office) -> None:
    office.db.write(lambda tx: storms.join(tx, "C0OPS", "prod EC2", office.clock()))
    for _ in range(20):
        begin(office, storm=1)
    call(office, 7)
    office.settle()
    message, called = office.said()
    assert message.text.startswith("🌩️ *20 alarms at once in prod EC2; 20 of them not over*")
    assert called.thread_ts == message.ts
    for number in range(1, 21):
        change(office, number, state=State.OVER, ended=office.clock())
    office.settle()
    assert office.said()[0].text.startswith("✅ *20 alarms at once")
    assert len(office.said()) == 2


def test_a_message_that_was_deleted_is_posted_anew_with_what_is_so_now(office: Office) -> None:
    begin(office)
    office.settle()
    office.slack.faults.refuse("chat.update", "message_not_found")
    change(office, 1, state=State.OVER, ended=office.clock())
    office.settle()
    assert [each.text[0] for each in office.said()][-1] == "✅"


# -- a channel that takes no messages ---------------------------------------------------------------------


@pytest.mark.parametrize("channel", ["C0RANDOM", "C0OLD", "C0NOWHERE"])
def test_it_is_told_in_the_reports_channel_and_says_why(office: Office, channel: str) -> None:
    reporting(office)
    begin(office, channel, "U0SATO")
    call(office, 1, channel, "U0SATO")
    office.settle()
    message, called = office.said(REPORTS)
    assert message.text.startswith(f"<#{channel}> does not take messages of toban, so this comes here")
    assert "#A1 · web-cpu begins" in message.text
    assert called.thread_ts == message.ts
    assert "does not take" not in called.text
    change(office, 1, state=State.OVER, ended=office.clock())
    office.settle()
    assert "✅" in office.said(REPORTS)[0].text
    assert office.waits() == []


def test_a_storm_too(office: Office) -> None:
    reporting(office)
    office.db.write(lambda tx: storms.join(tx, ELSEWHERE, "prod EC2", office.clock()))
    begin(office, ELSEWHERE, storm=1)
    office.settle()
    assert "prod EC2" in office.said(REPORTS)[0].text


def test_where_no_channel_takes_it_whoever_answers_for_the_rule_gets_it(office: Office) -> None:
    reporting(office, "C0OLD")
    begin(office, ELSEWHERE, "U0SATO")
    call(office, 1, ELSEWHERE, "U0SATO")
    office.settle()
    message, called = office.said(office.slack.dm("U0SATO"))
    assert "#A1 · web-cpu begins" in message.text
    assert called.thread_ts == message.ts


def test_without_a_reports_channel_whoever_answers_for_the_rule_gets_it(office: Office) -> None:
    begin(office, ELSEWHERE, "U0SATO")
    office.settle()
    assert len(office.said(office.slack.dm("U0SATO"))) == 1


def test_where_nobody_takes_it_it_waits_until_somebody_invites_toban(office: Office) -> None:
    begin(office, ELSEWHERE)
    for _ in range(5):
        office.outbox.send_due()
        office.clock.push(minutes=2)
    assert len(office.waits()) == 1
    office.slack.workspace.channels[ELSEWHERE].members.add("U0TOBAN")
    office.settle()
    assert "#A1" in office.said(ELSEWHERE)[0].text


def test_one_whose_channel_is_archived_meanwhile_goes_on_elsewhere(office: Office) -> None:
    reporting(office)
    begin(office)
    office.settle()
    office.slack.workspace.channels["C0OPS"].is_archived = True
    office.clock.push(seconds=2)
    change(office, 1, state=State.OVER, ended=office.clock())
    call(office, 1)
    office.settle()
    message, called = office.said(REPORTS)
    assert "✅" in message.text
    assert called.thread_ts == message.ts


# -- its picture ------------------------------------------------------------------------------------------


def test_a_picture_that_slack_does_not_show_is_said_and_no_file_is_left_over(office: Office) -> None:
    begin(office)
    office.settle()
    series = (Series("CPU", tuple(map(Decimal, (90, 97)))),)
    chart = Chart(words("CPU"), words("CPU: high"), "", ("12:00", "12:01"), series, shape=Shape.LINES)
    office.db.write(lambda tx: troubles.found_out(tx, 1, [], chart))
    office.db.write(lambda tx: outbox.touch_key(tx, "trouble:1", office.clock()))
    office.slack.faults.refuse("chat.update", "invalid_blocks", times=30)
    office.settle()
    assert [row.kind for row in office.rows()] == [Mail.TROUBLE]
    assert office.waits() == []
