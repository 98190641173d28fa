"""Which message a stage leaves in the outbox, in the transaction of what it tells."""

from sqlalchemy import Connection

from bot.flow.path import Path
from bot.operation import Asker, Door, Operation, State
from bot.store import operations, outbox
from bot.store.outbox import Mail
from bot.words import Words, to_json


def card(path: Path, tx: Connection, operation: Operation) -> None:
    """The operation's one message, where it was asked."""
    language = path.language_in(operation.ask.asker.channel)
    outbox.post(tx, Mail.CARD, operation, path.now(), language=language)
    outbox.touch(tx, operation.number, path.now())


def reply(path: Path, tx: Connection, operation: Operation, about: str, said: Words | None = None) -> None:
    """A reply in the card's thread, with a mention, once for each `about`; without words it is a report."""
    language = path.language_in(operation.ask.asker.channel)
    outbox.post(tx, Mail.REPLY, operation, path.now(), about=about, said=said, language=language)


def whole_plan(path: Path, tx: Connection, operation: Operation) -> None:
    """The complete plan as a file, when the card cannot hold it."""
    language = path.language_in(operation.ask.asker.channel)
    outbox.post(tx, Mail.FILE, operation, path.now(), language=language)


def told_file(path: Path, tx: Connection, operation: Operation) -> None:
    """How it went, resource by resource, as a file."""
    language = path.language_in(operation.ask.asker.channel)
    outbox.post(tx, Mail.FILE, operation, path.now(), about=outbox.TOLD, language=language)


def answer(path: Path, tx: Connection, operation: Operation) -> None:
    """The answer to a question: to the asker alone, or where everybody saw the question."""
    asker = operation.ask.asker
    public = operation.ask.door not in {Door.SLASH, Door.FORM}
    language = path.language_in(asker.channel) if public else asker.language
    outbox.post(tx, Mail.ANSWER, operation, path.now(), language=language)
    by_mail(path, tx, operation)


def private(path: Path, tx: Connection, operation: Operation, said: Words, about: str = "") -> None:
    """A sentence to the asker alone; the clock's, or a rule's, goes to its channel as a card."""
    if operation.ask.door in {Door.CLOCK, Door.EVENT}:
        card(path, tx, operation)
        reply(path, tx, operation, about or "refused")
        by_mail(path, tx, operation)
        return
    outbox.post(
        tx,
        Mail.PRIVATE,
        operation,
        path.now(),
        said=said,
        about=about,
        language=operation.ask.asker.language,
    )


def answered(tx: Connection, key: str) -> bool:
    """Whether this click was delivered before, and has its answer."""
    return outbox.with_key(tx, f"answer:{key}") is not None


def click(path: Path, tx: Connection, key: str, asker: Asker, said: Words) -> None:
    """The one visible answer to a click, for whoever clicked alone."""
    outbox.put(
        tx,
        f"answer:{key}",
        Mail.PRIVATE,
        path.now(),
        channel=asker.channel,
        person=asker.person,
        thread=asker.thread,
        response_url=asker.response_url,
        language=asker.language,
        body=to_json(said),
    )


def ended(path: Path, tx: Connection, number: int) -> None:
    """Show an end on the card, and say it in the thread."""
    operation = operations.get(tx, number)
    if operation is None:
        raise LookupError(f"no operation {number}")
    card(path, tx, operation)
    if operation.state is not State.ANSWERED:
        reply(path, tx, operation, "end")
    by_mail(path, tx, operation)


def by_mail(path: Path, tx: Connection, operation: Operation) -> None:
    """The same, once, to each address that the schedule names which asked, if one did."""
    schedule = path.schedules.get(operation.ask.schedule)
    for address in schedule.mail if schedule else ():
        language = path.language_in(operation.ask.asker.channel)
        outbox.by_mail(tx, operation, path.now(), address, language=language)
