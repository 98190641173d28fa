"""The third door's own stage: an event becomes a row, its trouble moves, and its message says so.

All of it is one transaction, so that what AWS delivers twice, or to two of us, is told once.  What the rule
wants done is asked after it, by the key of the event: whoever dies in between is followed by a redelivery.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.arguments import UsageError
from bot.bell import Topic
from bot.event import Event
from bot.flow.path import Path
from bot.flow.receive import Accepted, Declined, receive
from bot.life import Do, decide
from bot.operation import Asker, Door
from bot.plan import Offer
from bot.store import audit, events, outbox, storms, troubles
from bot.store.audit import Event as Line
from bot.store.events import Outcome
from bot.store.outbox import Mail
from bot.trouble import Phase, Reading, Rule, Seen, Severity, State, Trouble
from bot.words import Words, to_json, words

MINUTE = timedelta(minutes=1)
FEW, SHOWN = 5, 12
"""Messages of their own in a channel and minute: so many of any cause, then the first of each other cause.

More troubles than that are a storm: with its storms (`bot/store/storms.py`) a channel gets twenty at most.
"""
_VALUE = re.compile(r"[\w.:/@+=-]{1,256}")
_PLACE = re.compile(r"\{(\w+)\}")


# -- events -------------------------------------------------------------------------------------------


def take_in(path: Path, queue: str, seen: Sequence[Seen]) -> None:
    """Store these events, move their troubles, and ask what their rules want done.  Safe to repeat."""
    seen = [replace(one, reading=offering(one)) for one in seen]

    def change(tx: Connection) -> None:
        for one in seen:
            _take_in(path, tx, queue, one)

    path.db.write(change)
    path.ring(Topic.MAIL)
    for one in seen:
        if one.rule.do:
            _do(path, one)


def refuse(path: Path, queue: str, event: Event, outcome: Outcome, why: Words, channel: str) -> None:
    """Store an event that is not acted on, and say so, once an hour for each reason."""

    def change(tx: Connection) -> None:
        now = path.now()
        if not events.add(tx, event, queue=queue, came=now, outcome=outcome, why=why):
            return
        audit.write(tx, audit.line(Line.EVENT_REFUSED, now, resource=event.key[:200], detail=str(why)))
        if channel:
            said = words("⚠️ Something in the queue {queue} was not acted on: {why}", queue=queue, why=why)
            key = f"event-refused:{queue}:{outcome}:{now:%Y-%m-%dT%H}"
            language = path.language_in(channel)
            outbox.put(tx, key, Mail.NOTICE, now, channel=channel, language=language, body=to_json(said))

    path.db.write(change)
    path.ring(Topic.MAIL)


def _take_in(path: Path, tx: Connection, queue: str, seen: Seen) -> None:
    """Store an event that was not here before, with the trouble that it moved."""
    event, reading, rule, now = seen.event, seen.reading, seen.rule, path.now()
    if events.is_known(tx, event.key):
        return
    was = troubles.newest(tx, rule.name, reading.subject[:300])
    what = decide(was, reading.phase, event.at, rule.reopen)
    quiet = troubles.silenced(tx, rule.name, reading.subject[:300], now)
    number = _move(path, tx, seen, was, what, quiet)
    if number is not None and what in {Do.BEGIN, Do.AGAIN}:
        troubles.change(tx, number, begun_by=event.key)
    outcome = Outcome.LATE if what is Do.NOTHING else Outcome.SILENCED if quiet else Outcome.TOLD
    events.add(tx, event, queue=queue, came=now, outcome=outcome, trouble=number)


def _move(path: Path, tx: Connection, seen: Seen, was: Trouble | None, what: Do, quiet: str) -> int | None:
    event, reading, now = seen.event, seen.reading, path.now()
    match what:
        case Do.BEGIN:
            return _begin(path, tx, seen, quiet)
        case Do.NOTE:
            number = _row(tx, seen, now, None)
            troubles.change(tx, number, state=State.OVER, ended=event.at, look=None)
            return number
    if was is None:
        raise LookupError("only a trouble that is there can go on")
    match what:
        case Do.AGAIN:
            _again(path, tx, seen, was)
        case Do.GO_ON:
            troubles.told(tx, was.number, reading, event.at)
            show(path, tx, was)
        case Do.END:
            troubles.told(tx, was.number, reading, event.at)
            troubles.change(tx, was.number, state=State.OVER, ended=event.at, next_stage=None)
            note(tx, Line.TROUBLE_ENDED, now, was)
            show(path, tx, was)
    return was.number


def _begin(path: Path, tx: Connection, seen: Seen, quiet: str) -> int:
    event, reading, rule, now = seen.event, seen.reading, seen.rule, path.now()
    cause = reading.cause[:200]
    stormy = not quiet and _is_stormy(tx, rule.channel, cause, now)
    storm = storms.join(tx, rule.channel, cause, now) if stormy else None
    number = _row(tx, seen, now, storm)
    if quiet:
        troubles.change(tx, number, silenced_by=quiet, look=None)
    else:
        troubles.change(tx, number, next_stage=_first_call(rule, severity(seen), now))
        language = path.language_in(rule.channel)
        kind, key = (Mail.STORM, f"storm:{storm}") if storm else (Mail.TROUBLE, f"trouble:{number}")
        outbox.put(tx, key, kind, now, channel=rule.channel, language=language)
        if storm:
            outbox.touch_key(tx, key, now)
    audit.write(
        tx,
        audit.line(
            Line.TROUBLE_BEGAN,
            now,
            account=event.account,
            region=event.region,
            resource=reading.subject[:200],
            detail=f"#A{number} {reading.title}",
        ),
    )
    return number


def _is_stormy(tx: Connection, channel: str, cause: str, now: datetime) -> bool:
    """Whether a channel has had its fill; the first of another cause is still told by itself."""
    told = troubles.begun(tx, channel, now - MINUTE)
    if told < FEW:
        return False
    return told >= SHOWN or troubles.begun(tx, channel, now - MINUTE, cause) > 0


def _row(tx: Connection, seen: Seen, now: datetime, storm: int | None) -> int:
    tells = seen.reading.phase is Phase.TELLS
    return troubles.begin(tx, seen, severity(seen), now, tells=tells, storm=storm)


def _again(path: Path, tx: Connection, seen: Seen, was: Trouble) -> None:
    """It goes on with its old message; since an edit calls nobody, its people are called in the thread."""
    now, rule = path.now(), seen.rule
    troubles.told(tx, was.number, seen.reading, seen.event.at)
    troubles.change(
        tx,
        was.number,
        state=State.OPEN,
        ended=None,
        times=was.times + 1,
        came=now,
        acknowledged_by="",
        acknowledged_at=None,
        stage=0,
        next_stage=_first_call(rule, severity(seen), now),
        look=now,
    )
    note(tx, Line.TROUBLE_BEGAN, now, was)
    show(path, tx, was)
    if rule.mention and was.storm is None and not was.silenced_by:
        said = words("{owner}: it has begun again", owner=rule.mention)
        call(path, tx, was, f"again-{was.times + 1}", said)


# -- what people are told -------------------------------------------------------------------------------


def show(path: Path, tx: Connection, trouble: Trouble) -> None:
    """There is something newer to show on its message, or on its storm's."""
    key = f"storm:{trouble.storm}" if trouble.storm else f"trouble:{trouble.number}"
    outbox.touch_key(tx, key, path.now())


def call(path: Path, tx: Connection, trouble: Trouble, about: str, said: Words) -> None:
    """Call somebody, in the thread of its message, once for each `about`."""
    outbox.put(
        tx,
        f"call:{trouble.number}:{about}",
        Mail.CALL,
        path.now(),
        channel=trouble.channel,
        language=path.language_in(trouble.channel),
        body=to_json(said),
    )


def offering(seen: Seen) -> Reading:
    """The reading with the rule's buttons first; one that names what its event does not is left out."""
    lines = []
    for line in seen.rule.buttons:
        try:
            lines.append(filled(line, seen.reading.names))
        except Unfilled:
            continue
    ours = tuple(Offer(words("{line}", line=f"/{line}"), line) for line in lines)
    rest = tuple(offer for offer in seen.reading.offers if offer.line not in lines)
    return replace(seen.reading, offers=ours + rest)


def severity(seen: Seen) -> Severity:
    """The rule's word counts, else the reading's."""
    return seen.rule.severity or seen.reading.severity


def _first_call(rule: Rule, how: Severity, now: datetime) -> datetime | None:
    return now + rule.after[0] if rule.after and how is Severity.CRITICAL else None


def note(tx: Connection, what: Line, now: datetime, trouble: Trouble, person: str = "") -> None:
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


# -- what rules want done -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Unfilled(Exception):
    """A line names what its event does not."""

    name: str


def filled(line: str, names: Mapping[str, str]) -> str:
    """A rule's line with what its event names.  Raises Unfilled; what is no plain word counts as none.

    What comes from outside never becomes anything but one word of a line.
    """

    def value(found: re.Match[str]) -> str:
        said = names.get(found[1], "")
        if not _VALUE.fullmatch(said) or said.startswith("-"):
            raise Unfilled(found[1])
        return said

    return _PLACE.sub(value, line)


def _do(path: Path, seen: Seen) -> None:
    """Ask the rule's line if this event began a trouble: now, or when it was delivered before."""
    number = path.db.read(lambda tx: troubles.begun_by(tx, seen.rule.name, seen.event.key))
    if number is not None:
        _ask(path, seen, number)


def _ask(path: Path, seen: Seen, number: int) -> None:
    """Ask the rule's line, with its owner's rights; what cannot be asked is said in the thread."""
    rule, event = seen.rule, seen.event
    asker = Asker(rule.owner, channel=rule.channel, language=path.language_in(rule.channel))
    key = f"event/{hashlib.sha256(f'{rule.name}/{event.key}'.encode()).hexdigest()}"
    try:
        received = receive(path, key, Door.EVENT, asker, filled(rule.do, seen.reading.names))
    except UsageError as error:
        why = error.said
    except Unfilled as lacks:
        why = words("the event names no {name}", name=lacks.name)
    else:
        if isinstance(received, Accepted):
            path.db.write(lambda tx: troubles.change(tx, number, operation=received.number))
        if not isinstance(received, Declined):
            return
        why = received.why
    said = words("“{line}” was not asked: {why}", line=rule.do, why=why)
    path.db.write(lambda tx: _tell(path, tx, number, said))
    path.ring(Topic.MAIL)


def _tell(path: Path, tx: Connection, number: int, said: Words) -> None:
    trouble = troubles.get(tx, number)
    if trouble is not None:
        call(path, tx, trouble, f"do:{trouble.times}", said)
