"""Which line a message tells of: whatever it is, a card, a reply, an answer, an alarm, a failure test."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, insert

from bot.drill import Spec
from bot.store import again, drills, troubles
from bot.store.database import Database
from bot.store.outbox import Mail
from bot.store.schema import outbox
from bot.trouble import Severity, Unasked
from bot.words import words
from tests.bot.store.rows import NOW, opened
from tests.happened import seen

CHANNEL, TS = "C0OPS", "1700000000.000100"


def says(db: Database, kind: Mail, key: str, **columns: object) -> str:
    """The line of a message that is there."""
    sent = {"channel": CHANNEL, "ts": TS, "rank": 1, "created": NOW, **columns}
    db.write(lambda tx: tx.execute(insert(outbox).values(kind=kind, key=key, **sent)))
    return db.read(lambda tx: again.line_at(tx, CHANNEL, TS))


@pytest.mark.parametrize("kind", [Mail.CARD, Mail.REPLY, Mail.ANSWER, Mail.FILE])
def test_what_is_about_an_operation_tells_of_its_line(db: Database, kind: Mail) -> None:
    number = opened(db)
    assert says(db, kind, f"{kind}:{number}:", operation=number) == "ec2 list"


def test_a_failure_tests_message_tells_of_the_line_that_began_it(db: Database) -> None:
    number = opened(db)
    spec = Spec("zone", "dev", "ap-northeast-1", "a zone", timedelta(minutes=5), ())
    db.write(lambda tx: drills.begin(tx, number, spec, "U0SATO", NOW))
    assert says(db, Mail.DRILL, f"drill:{number}") == "ec2 list"


def test_an_alarms_message_tells_of_what_its_rule_asked(db: Database) -> None:
    number = opened(db)
    trouble = begin(db, operation=number)
    assert says(db, Mail.TROUBLE, f"trouble:{trouble}") == "ec2 list"


def test_an_alarms_message_tells_of_what_its_rule_would_have_asked(db: Database) -> None:
    trouble = begin(db)
    held = Unasked("ec2 stop i-1", words("too often"))
    db.write(lambda tx: troubles.unasked(tx, trouble, held))
    assert says(db, Mail.CALL, f"call:{trouble}:again") == "ec2 stop i-1"


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        (Mail.TROUBLE, "trouble:1"),
        (Mail.STORM, "storm:1"),
        (Mail.NOTICE, "notice:1"),
        (Mail.DRILL, "drill:9"),
    ],
)
def test_of_what_has_no_line_there_is_none(db: Database, kind: Mail, key: str) -> None:
    begin(db)
    assert says(db, kind, key) == ""


def test_the_same_moment_in_another_channel_is_another_message(db: Database) -> None:
    number = opened(db)
    says(db, Mail.CARD, f"card:{number}:", operation=number)
    assert db.read(lambda tx: again.line_at(tx, "C0OTHER", TS)) == ""


def begin(db: Database, **columns: object) -> int:
    def change(tx: Connection) -> int:
        return troubles.begin(tx, seen(NOW), Severity.WARNING, NOW, tells=False, **columns).number

    return db.write(change)
