"""What people are told of a trouble: its message, or its storm's, and the calls in the thread of it."""

from datetime import datetime

from sqlalchemy import Connection

from bot.chart import Chart
from bot.flow.path import Path
from bot.store import audit, outbox, pictures
from bot.store.audit import Event
from bot.store.outbox import Mail
from bot.trouble import Trouble
from bot.words import Words, to_json


def letter(path: Path, tx: Connection, trouble: Trouble) -> bool:
    """Have it told by a message of its own, or by its storm's; False: that message is there already."""
    key = _key(trouble)
    if outbox.with_key(tx, key) is not None:
        outbox.touch_key(tx, key, path.now())
        return False
    _put(path, tx, key, Mail.STORM if trouble.storm else Mail.TROUBLE, trouble)
    return True


def show(path: Path, tx: Connection, trouble: Trouble) -> None:
    """There is something newer to show, wherever it is told of: it may have joined a storm later."""
    outbox.touch_key(tx, f"trouble:{trouble.number}", path.now())
    if trouble.storm:
        outbox.touch_key(tx, _key(trouble), path.now())


def picture(path: Path, tx: Connection, trouble: Trouble, of: Chart, png: bytes) -> None:
    """Have its message show this picture of a chart instead of one that toban draws."""
    told = outbox.with_key(tx, f"trouble:{trouble.number}")
    if told is not None:
        pictures.bring(tx, told.id, pictures.digest(told.language, of), png, path.now())


def call(path: Path, tx: Connection, trouble: Trouble, about: str, said: Words) -> None:
    """Call somebody, in the thread of its message, once for each `about`."""
    _put(path, tx, f"call:{trouble.number}:{about}", Mail.CALL, trouble, said)


def remind(path: Path, tx: Connection, trouble: Trouble, key: str, at: datetime, said: Words) -> None:
    """Call somebody then, in the thread of its message, once for this key."""
    _put(path, tx, key, Mail.CALL, trouble, said, at)


def note(tx: Connection, what: Event, now: datetime, trouble: Trouble, person: str = "") -> None:
    """A line of the audit log about a trouble."""
    audit.write(
        tx,
        audit.line(
            what,
            now,
            person=person,
            account=trouble.account,
            region=trouble.region,
            resource=trouble.subject[:200],
            detail=f"#A{trouble.number} {trouble.title}",
        ),
    )


def _put(
    path: Path,
    tx: Connection,
    key: str,
    kind: Mail,
    trouble: Trouble,
    said: Words | None = None,
    at: datetime | None = None,
) -> None:
    """The person is whoever answers for the rule: somebody hears of it also where no channel takes it."""
    outbox.put(
        tx,
        key,
        kind,
        at or path.now(),
        channel=trouble.channel,
        person=next((rule.owner for rule in path.troubles.rules() if rule.name == trouble.rule), ""),
        language=path.language_in(trouble.channel),
        body=said and to_json(said),
    )


def _key(trouble: Trouble) -> str:
    return f"storm:{trouble.storm}" if trouble.storm else f"trouble:{trouble.number}"
