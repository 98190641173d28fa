"""A reminder is a letter that waits for its moment, in the thread, and holds up no other."""

from datetime import timedelta

from bot.store import outbox, reminders
from bot.store.outbox import Mail
from bot.trouble import State
from bot.words import to_json, words
from tests.bot.outbox.office import Office
from tests.bot.outbox.test_alarms import begin, change

DAY = timedelta(days=1)


def remind(office: Office) -> None:
    at, said = office.clock() + DAY, to_json(words("{owner}: it begins soon.", owner="U0SATO"))
    key, where = reminders.key(1, at, "U0SATO"), {"channel": "C0OPS", "language": "en", "body": said}
    office.db.write(lambda tx: outbox.put(tx, key, Mail.CALL, at, **where))


def test_it_comes_at_its_moment_into_the_thread_and_others_before_it(office: Office) -> None:
    begin(office)
    remind(office)
    office.outbox.send_due()
    office.notice("other", "C0OPS", "other")
    office.clock.push(seconds=2)
    office.outbox.send_due()
    assert [one.text for one in office.said()][1:] == ["other"]
    office.clock.push(days=1)
    office.outbox.send_due()
    message, _, reminder = office.said()
    assert (reminder.text, reminder.thread_ts) == ("<@U0SATO>: it begins soon.", message.ts)


def test_nobody_is_reminded_of_what_is_over(office: Office) -> None:
    begin(office)
    remind(office)
    office.outbox.send_due()
    change(office, 1, state=State.OVER, ended=office.clock())
    office.clock.push(days=2)
    office.settle()
    assert len(office.said()) == 1
