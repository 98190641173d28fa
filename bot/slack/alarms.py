"""Clicks on a trouble's message: somebody looks at it, later perhaps, or does not want to hear of it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from slack_bolt import Ack, App, Respond

from bot.command import Risk
from bot.flow import answering, mail, reminders
from bot.flow.path import Path
from bot.operation import Asker, Door
from bot.slack import payload
from bot.slack.form_about import About
from bot.slack.forms import Forms
from bot.slack.not_stored import said_at_once
from bot.slack.payload import Press
from bot.slack.voices import Voices
from bot.store import troubles
from bot.store.closed_door import CannotStore
from bot.trouble import Silence
from bot.views.preset import IGNORE as PRESET
from bot.views.storm import ACKNOWLEDGE_ALL
from bot.views.trouble import ACKNOWLEDGE, IGNORE, REMIND, SILENCE, SNOOZE
from bot.words import Words, words

log = logging.getLogger("toban.slack")
Body = dict[str, Any]
ACTION = "alarm.acknowledge"
AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Alarms:
    """The listeners of one app's alarms.  Every click gets one visible answer, also one that comes twice."""

    path: Path
    voices: Voices
    forms: Forms

    def open(self, app: App) -> None:
        """Let the app's deliveries in."""
        app.action(ACKNOWLEDGE)(self.on_acknowledge)
        app.action(ACKNOWLEDGE_ALL)(self.on_acknowledge_all)
        app.action(IGNORE)(self.on_ignore)
        app.action(REMIND)(self.on_remind)
        app.action(SNOOZE)(self.on_snooze)
        app.action(SILENCE)(self.on_silence)

    def on_acknowledge(self, ack: Ack, body: Body, respond: Respond) -> None:
        """Somebody looks at it."""
        self._on(ack, body, respond, ACTION, self._acknowledge)

    def on_acknowledge_all(self, ack: Ack, body: Body, respond: Respond) -> None:
        """Somebody looks at all of a storm."""
        self._on(ack, body, respond, ACTION, self._acknowledge_all)

    def on_ignore(self, ack: Ack, body: Body, respond: Respond) -> None:
        """Somebody has a reason why nothing has to be done: a form asks for it, and sends the line."""
        self._on(ack, body, respond, ACTION, lambda press: self._ignore(press, payload.thread_of(body)))

    def on_remind(self, ack: Ack, body: Body, respond: Respond) -> None:
        """Somebody wants to hear of it again before it begins."""
        self._on(ack, body, respond, "alarm.snooze", self._remind)

    def on_snooze(self, ack: Ack, body: Body, respond: Respond) -> None:
        """Nobody is called for an hour."""
        self._on(ack, body, respond, "alarm.snooze", self._snooze)

    def on_silence(self, ack: Ack, body: Body, respond: Respond) -> None:
        """Nobody hears of it for a day."""
        self._on(ack, body, respond, "alarm.silence", self._silence)

    def _on(
        self, ack: Ack, body: Body, respond: Respond, action: str, do: Callable[[Press], Words | None]
    ) -> None:
        press = payload.press(body)
        if press is None:
            log.warning("a click that cannot be read", extra={"action": "slack.unread-click"})
            ack()
            return
        try:
            self._do(press, action, do)
            ack()
        except CannotStore as error:
            ack()
            said_at_once(respond, error, self.voices.speaker(press.where))

    def _do(self, press: Press, action: str, do: Callable[[Press], Words | None]) -> None:
        if self.voices.foreign(press.where) or self.path.db.read(lambda tx: mail.answered(tx, press.key)):
            return
        person = self.path.people.person(press.where.person)
        may = self.path.policy.may_ask(person, action, Risk.CHANGE, Door.BUTTON)
        said = do(press) if may.allowed else may.why
        if said is not None:
            self._answer(press, said)

    def _acknowledge(self, press: Press) -> Words:
        return answering.acknowledge(self.path, press.number, press.where.person)

    def _acknowledge_all(self, press: Press) -> Words:
        return answering.acknowledge_all(self.path, press.number, press.where.person)

    def _ignore(self, press: Press, thread: str) -> Words | None:
        """What to say instead of the form; None while it opens."""
        if closed := answering.why_not(self.path, press.number):
            return closed
        again = words("The form did not open; please press the button again.")
        given = {"alarm": f"A{press.number}"}
        about = About(ACTION, press.where.channel, thread, PRESET, given)
        self.forms.open(about, press.where, press.trigger, lambda: self._answer(press, again))
        return None

    def _remind(self, press: Press) -> Words:
        return reminders.want(self.path, press.number, press.where.person)

    def _snooze(self, press: Press) -> Words:
        return answering.snooze(self.path, press.number, self.path.now() + AN_HOUR, press.where.person)

    def _silence(self, press: Press) -> Words:
        trouble = self.path.db.read(lambda tx: troubles.get(tx, press.number))
        if trouble is None:
            return words("There is no alarm #A{number}.", number=press.number)
        until = self.path.now() + A_DAY
        answering.silence(self.path, Silence(trouble.rule, trouble.subject, until, press.where.person))
        return words("Nobody hears of this until {until}; “/alarm silence” changes that.", until=until)

    def _answer(self, press: Press, said: Words) -> None:
        where = press.where
        language = self.voices.speaker(where).language
        asker = Asker(where.person, where.team, where.channel, where.thread, where.response_url, language)
        self.path.db.write(lambda tx: mail.click(self.path, tx, press.key, asker, said), urgent=True)
        self.path.ring()
