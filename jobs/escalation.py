"""Nobody acknowledges: its people are called again, then wider ones, then a topic that reaches telephones.

When somebody is called next is a row; each call is one letter, by its key, however often this looks.  The
troubles of a storm are called for together.  Where a silence or a snooze ends, it is as if all began then.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.bell import Topic
from bot.flow import reminders, telling
from bot.flow.path import Path
from bot.flow.receive import Declined, receive
from bot.flow.troubles import first_call, hear
from bot.operation import Asker, Door
from bot.store import silences, troubles
from bot.store.audit import Event
from bot.trouble import Rule, Severity, Silence, State, Trouble
from bot.words import Words, plural, words

log = logging.getLogger("toban.events")
LOOK_EVERY = timedelta(seconds=5)
STUMBLED = timedelta(minutes=5)
AGAIN, WIDER, TOPIC = range(3)
"""The calls of a rule, by their number."""


def look(path: Path) -> int:
    """Call whoever is due; how many troubles were looked at."""
    rules = {rule.name: rule for rule in path.troubles.rules()}
    due = path.db.read(lambda tx: troubles.to_call(tx, path.now()))
    for trouble in due:
        _one(path, trouble, rules)
    if due:
        path.ring(Topic.MAIL)
    return len(due)


def _one(path: Path, trouble: Trouble, rules: Mapping[str, Rule]) -> None:
    """Call for one; a mistake of ours with it must not keep anybody from being called for the others."""
    try:
        rule = rules.get(trouble.rule)
        if rule is None or trouble.state is not State.OPEN:
            path.db.write(lambda tx: _no_more(path, tx, trouble))
            return
        call = _Call(path, trouble, rule)
        refusal = call.page() if call.is_topics_turn() else None
        path.db.write(lambda tx: call.make(tx, refusal))
    except Exception:  # the edge of one trouble's turn
        log.exception("#A%s: a call failed", trouble.number, extra={"action": "events.call-failed"})
        later = path.now() + STUMBLED
        path.db.write(lambda tx: troubles.change(tx, trouble.number, next_stage=later))


def _no_more(path: Path, tx: Connection, trouble: Trouble) -> None:
    """Nobody is to be called; what was snoozed is so no longer."""
    troubles.change(tx, trouble.number, next_stage=None, snoozed_until=None)
    if trouble.snoozed_until:
        telling.show(path, tx, trouble)


@dataclass(frozen=True, slots=True)
class _Call:
    """What is due about one trouble."""

    path: Path
    trouble: Trouble
    rule: Rule

    def is_topics_turn(self) -> bool:
        """Whether telephones are told now."""
        quiet = self.path.db.read(self._silenced)
        waits = self.trouble.silenced_by or self.trouble.snoozed_until or quiet
        return self.trouble.stage == TOPIC < len(self.rule.after) and not waits

    def page(self) -> Words | None:
        """Ask for the publication, with the rights of the rule's owner, by the path that every change goes.

        Returns why that is refused.  Raises UsageError when toban's own line cannot be read.
        """
        one, rule = self.trouble, self.rule
        asker = Asker(rule.owner, channel=rule.channel, language=self.path.language_in(rule.channel))
        key = f"page/storm/{one.storm}/{rule.name}" if one.storm else f"page/{one.number}/{one.times}"
        received = receive(self.path, key, Door.EVENT, asker, f"alarm page {one.number}")
        return received.why if isinstance(received, Declined) else None

    def make(self, tx: Connection, refusal: Words | None) -> None:
        """Look again inside the transaction, since somebody may just have acknowledged it, and call."""
        stands, now = troubles.get(tx, self.trouble.number), self.path.now()
        if stands is None or stands.state is not State.OPEN or stands.stage != self.trouble.stage:
            return
        if quiet := self._silenced(tx):
            changed = {"silenced_by": quiet.person} if self.trouble.silenced_by else {}
            troubles.change(tx, stands.number, next_stage=quiet.until, **changed)
        elif stands.silenced_by:
            hear(self.path, tx, stands, self.rule)
        elif stands.snoozed_until:
            self._wake(tx, stands, now)
        elif stands.stage < len(self.rule.after):
            self._call(tx, stands, now, refusal)
        else:
            troubles.change(tx, stands.number, next_stage=None)

    def _wake(self, tx: Connection, stands: Trouble, now: datetime) -> None:
        """The time for which it was snoozed is over: as if it had just begun."""
        calls = self._first(now)
        troubles.change(tx, stands.number, snoozed_until=None, stage=0, next_stage=calls)
        telling.show(self.path, tx, stands)
        if not reminders.is_due(tx, stands):
            self._letter(tx, stands, AGAIN, now, None)

    def _call(self, tx: Connection, stands: Trouble, now: datetime, refusal: Words | None) -> None:
        stage, after = stands.stage, self.rule.after
        waits = after[stage + 1] - after[stage] if stage + 1 < len(after) else None
        later = now + max(waits, LOOK_EVERY) if waits is not None else None
        troubles.change(tx, stands.number, stage=stage + 1, next_stage=later)
        self._letter(tx, stands, stage, now, refusal)

    def _letter(
        self, tx: Connection, stands: Trouble, stage: int, now: datetime, refusal: Words | None
    ) -> None:
        telling.note(tx, Event.TROUBLE_CALLED, now, stands)
        if stands.storm is None:
            about, said = f"{stands.times}-{stage}-{now:%Y%m%d%H%M}", self._said(stage, refusal)
            telling.call(self.path, tx, stands, about, said)
            return
        first = troubles.first_of(tx, stands.storm) or stands
        about = f"storm-{self.rule.name}-{stage}-{now:%Y%m%d%H}"
        telling.call(self.path, tx, first, about, self._said_of_storm(tx, stands.storm, stage, refusal))

    def _said(self, stage: int, refusal: Words | None) -> Words:
        if stage == TOPIC:
            return self._said_of_topic(words("Nobody has acknowledged this."), refusal)
        if not (who := self._who(stage)):
            return words("Nobody has acknowledged this.")
        return words("{owner}: nobody has acknowledged #A{number}.", owner=who, number=self.trouble.number)

    def _said_of_storm(self, tx: Connection, storm: int, stage: int, refusal: Words | None) -> Words:
        n = troubles.counted(tx, storm).get(State.OPEN, 0)
        said = plural(
            "Nobody has acknowledged {n} of these alarms.", "Nobody has acknowledged {n} of these alarms.", n
        )
        if stage == TOPIC:
            return self._said_of_topic(said, refusal)
        who = self._who(stage)
        return words("{owner}: {said}", owner=who, said=said) if who else said

    def _said_of_topic(self, said: Words, refusal: Words | None) -> Words:
        if refusal is None:
            return words("{said} {topic} is told.", said=said, topic=self.rule.topic)
        return words("{said} {topic} is not told: {why}", said=said, topic=self.rule.topic, why=refusal)

    def _who(self, stage: int) -> str:
        return self.rule.wider if stage == WIDER else self.rule.mention

    def _first(self, now: datetime) -> datetime | None:
        return first_call(self.rule, now) if self.trouble.severity is Severity.CRITICAL else None

    def _silenced(self, tx: Connection) -> Silence | None:
        return silences.about(tx, self.trouble.rule, self.trouble.subject, self.path.now())
