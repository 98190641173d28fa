"""The third door's own stage: an event becomes a row, its trouble moves, and its message says so.

All of it is one transaction, so that what AWS delivers twice, or to two of us, is told once.  What the rule
wants done is asked after it, by the key of the event: whoever dies in between is followed by a redelivery.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from aws.account import Place
from bot.bell import Topic
from bot.event import Event
from bot.flow import reminders, rule_line
from bot.flow.path import Path
from bot.flow.telling import call, letter, note, show
from bot.life import Do, decide
from bot.store import audit, events, outbox, silences, storms, troubles, waits
from bot.store.audit import Event as Line
from bot.store.events import Outcome
from bot.store.outbox import Mail
from bot.trouble import Phase, Rule, Seen, Severity, Silence, State, Trouble
from bot.words import Words, to_json, words

MINUTE = timedelta(minutes=1)
FEW, SHOWN = 5, 12
"""Messages of their own in a channel and minute: so many of any cause, then the first of each other cause.

More troubles than that are a storm: with its storms (`bot/store/storms.py`) a channel gets twenty at most.
"""


# -- events -------------------------------------------------------------------------------------------


def take_in(path: Path, queue: str, seen: Sequence[Seen]) -> None:
    """Store these events, move their troubles, and ask what their rules want done.  Safe to repeat."""
    seen = [replace(one, reading=rule_line.offering(one)) for one in seen]

    def change(tx: Connection) -> None:
        for one in seen:
            _take_in(path, tx, queue, one)

    path.db.write(change)
    path.ring(Topic.MAIL, Topic.WAITS)
    for one in seen:
        if one.rule.do:
            rule_line.ask(path, one)


def refuse(path: Path, queue: str, event: Event, outcome: Outcome, why: Words, channel: str) -> None:
    """Store an event that is not acted on, and say so, once an hour for each kind of reason."""

    def change(tx: Connection) -> None:
        now = path.now()
        if not events.add(tx, event, queue=queue, came=now, outcome=outcome, why=why):
            return
        audit.write(tx, audit.line(Line.EVENT_REFUSED, now, resource=event.key[:200], detail=str(why)))
        if channel:
            said = words("⚠️ Something in the queue {queue} was not acted on: {why}", queue=queue, why=why)
            kind = hashlib.sha256(why.text.encode()).hexdigest()[:16]
            key = f"event-refused:{queue}:{kind}:{now:%Y-%m-%dT%H}"
            language = path.language_in(channel)
            outbox.put(tx, key, Mail.NOTICE, now, channel=channel, language=language, body=to_json(said))

    path.db.write(change)
    path.ring(Topic.MAIL)


def _take_in(path: Path, tx: Connection, queue: str, seen: Seen) -> None:
    """Store an event that was not here before, with the trouble that it moved."""
    event, rule, subject, now = seen.event, seen.rule, seen.reading.subject[:300], path.now()
    if events.is_known(tx, event.key):
        return
    waits.hurry(tx, Place(event.account, event.region), [*seen.reading.names.values()], now)
    was = troubles.newest(tx, rule.name, subject)
    what = decide(was, seen.reading.phase, event.at, rule.reopen)
    quiet = silences.about(tx, rule.name, subject, now)
    number = _Move(path, tx, seen, quiet).make(was, what)
    outcome = Outcome.LATE if what is Do.NOTHING else Outcome.SILENCED if quiet else Outcome.TOLD
    events.add(tx, event, queue=queue, came=now, outcome=outcome, trouble=number)


# -- troubles -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Move:
    """One event, and what it does to a trouble, in the transaction that stores it."""

    path: Path
    tx: Connection
    seen: Seen
    quiet: Silence | None

    def make(self, was: Trouble | None, what: Do) -> int:
        """Move it; returns its number."""
        match what:
            case Do.BEGIN:
                return self._begin()
            case Do.NOTE:
                return troubles.note_end(self.tx, self.seen, severity(self.seen), self.path.now())
        if was is None:
            raise LookupError("only a trouble that is there can go on")
        match what:
            case Do.AGAIN:
                self._again(was)
            case Do.GO_ON:
                self._go_on(was)
            case Do.END:
                self._end(was)
            case Do.BEFORE:
                self._before(was)
            case Do.KEEP:
                self._keep(was)
        return was.number

    def _begin(self) -> int:
        seen, now, how = self.seen, self.path.now(), severity(self.seen)
        columns: dict[str, object] = {
            "tells": seen.reading.phase is Phase.TELLS,
            "storm": self._storm(),
            "begun_by": seen.event.key,
            "next_stage": _first_call(seen.rule, how, now),
        }
        begun = troubles.begin(self.tx, seen, how, now, **(columns | self._silence()))
        self._letter(begun)
        note(self.tx, Line.TROUBLE_BEGAN, now, begun)
        return begun.number

    def _again(self, was: Trouble) -> None:
        """It goes on with its old message; an edit calls nobody, so its people are called in the thread."""
        seen, now, tx = self.seen, self.path.now(), self.tx
        snoozed = was.snoozed_until if was.snoozed_until and was.snoozed_until > now else None
        columns: dict[str, object] = {
            "state": State.OPEN,
            "severity": severity(seen),
            "ended": None,
            "times": was.times + 1,
            "came": now,
            "acknowledged_by": "",
            "acknowledged_at": None,
            "snoozed_until": snoozed,
            "silenced_by": "",
            "stage": 0,
            "next_stage": snoozed or _first_call(seen.rule, severity(seen), now),
            "look": now,
            "storm": self._storm(),
            "begun_by": seen.event.key,
        }
        troubles.told(tx, was.number, seen.reading, seen.event.at, **(columns | self._silence()))
        troubles.unasked(tx, was.number, None)
        reminders.take_along(self.path, tx, was, seen.reading.starts)
        again = self._now(was.number)
        note(tx, Line.TROUBLE_BEGAN, now, again)
        show(self.path, tx, was)
        if not self._letter(again) and seen.rule.mention and not (self.quiet or snoozed or again.storm):
            said = words("{owner}: it has begun again", owner=seen.rule.mention)
            call(self.path, tx, again, f"again-{again.times}", said)

    def _go_on(self, was: Trouble) -> None:
        seen, now = self.seen, self.path.now()
        graver = severity(seen) is Severity.CRITICAL is not was.severity and was.state is State.OPEN
        calls = _first_call(seen.rule, severity(seen), now) if graver and not was.silenced_by else None
        columns = {"severity": severity(seen), **({"next_stage": calls} if calls else {})}
        troubles.told(self.tx, was.number, seen.reading, seen.event.at, **columns)
        reminders.take_along(self.path, self.tx, was, seen.reading.starts)
        show(self.path, self.tx, was)

    def _end(self, was: Trouble) -> None:
        at = self.seen.event.at
        over = {"state": State.OVER, "ended": at, "next_stage": None}
        troubles.told(self.tx, was.number, self.seen.reading, at, **over)
        troubles.unasked(self.tx, was.number, None)  # what its rule wanted done at its begin
        note(self.tx, Line.TROUBLE_ENDED, self.path.now(), was)
        show(self.path, self.tx, was)

    def _before(self, was: Trouble) -> None:
        """Its end was here first: what is told now is over."""
        now = self.path.now()
        columns: dict[str, object] = {
            "times": 1,
            "began": self.seen.event.at,
            "came": now,
            "look": now,
            "storm": self._storm(),
        }
        columns |= self._silence() | {"next_stage": None}
        troubles.change(self.tx, was.number, **columns)
        told = self._now(was.number)
        self._letter(told)
        note(self.tx, Line.TROUBLE_BEGAN, now, told)

    def _keep(self, was: Trouble) -> None:
        noted = {} if was.times else {"ended": self.seen.event.at}
        troubles.change(self.tx, was.number, last=self.seen.event.at, **noted)

    def _storm(self) -> int | None:
        if self.quiet:
            return None
        rule, cause = self.seen.rule, self.seen.reading.cause[:200]
        return storm_of(self.tx, rule.channel, cause, self.path.now())

    def _silence(self) -> dict[str, object]:
        """Nobody hears of it now; when the silence ends, somebody looks whether it goes on."""
        if self.quiet is None:
            return {}
        return {"silenced_by": self.quiet.person, "next_stage": self.quiet.until, "look": None}

    def _letter(self, trouble: Trouble) -> bool:
        """Whether there is a new message; in silence there is none."""
        return self.quiet is None and letter(self.path, self.tx, trouble)

    def _now(self, number: int) -> Trouble:
        found = troubles.get(self.tx, number)
        if found is None:
            raise LookupError(f"no trouble {number}")
        return found


def storm_of(tx: Connection, channel: str, cause: str, now: datetime) -> int | None:
    """The storm that what is told now belongs to; None when it gets a message of its own.

    A channel that has had its fill gets storms; the first of another cause is still told by itself.
    """
    since = now - MINUTE
    if troubles.begun(tx, channel, since, FEW) < FEW:
        return None
    known = troubles.begun(tx, channel, since, 1, cause=cause)
    if known or troubles.begun(tx, channel, since, SHOWN, alone=True) == SHOWN:
        return storms.join(tx, channel, cause, now)
    return None


def hear(path: Path, tx: Connection, quiet: Trouble, rule: Rule | None) -> None:
    """What began in silence is told now, as if it had just begun."""
    now = path.now()
    storm = quiet.storm or storm_of(tx, quiet.channel, quiet.cause, now)
    calls = _first_call(rule, quiet.severity, now) if rule else None
    heard = {"silenced_by": "", "came": now, "look": now, "storm": storm}
    troubles.change(tx, quiet.number, stage=0, next_stage=calls, **heard)
    letter(path, tx, replace(quiet, storm=storm))


def severity(seen: Seen) -> Severity:
    """The rule's word counts, else the reading's."""
    return seen.rule.severity or seen.reading.severity


def _first_call(rule: Rule, how: Severity, now: datetime) -> datetime | None:
    return first_call(rule, now) if how is Severity.CRITICAL else None


def first_call(rule: Rule, now: datetime) -> datetime | None:
    """When its people are called again unless somebody acknowledges it; None: they are not."""
    return now + rule.after[0] if rule.after else None
