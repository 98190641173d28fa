"""The door for people: slash commands, mentions, buttons, forms.

Every listener reads, decides and commits, and only then acknowledges; none of them touches AWS.
"""

import json
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot.arguments import UsageError
from bot.command import Risk
from bot.estate import Estate
from bot.flow import cancel, decide, emergency
from bot.flow.decide import Click
from bot.flow.path import Path, always
from bot.flow.receive import Accepted, Declined, Repeated, receive
from bot.grammar.grammar import HelpWanted
from bot.operation import Asker, Door
from bot.slack import payload
from bot.slack.asking import OTHER_TEAM
from bot.slack.bearer import why
from bot.slack.form_about import About
from bot.slack.forms import Forms
from bot.slack.not_stored import not_stored
from bot.slack.payload import Line, Press, Where
from bot.slack.voices import Voices
from bot.store import operations
from bot.store.closed_door import CannotStore
from bot.store.shut_channels import SHUT
from bot.views import answer, forms
from bot.views.help import help_page
from bot.views.message import Message
from bot.views.speaker import Speaker
from bot.words import Words, words

log = logging.getLogger("toban.slack")
Body = dict[str, Any]

_OWN = "toban"  # who types only the bot's name wants to see all that it can do
_NOT_READ = words("toban could not read that; nothing was done. Please try again.")


def _waits(number: int) -> Words:
    return words(
        "#{number} is taken down, and waits: no worker of toban runs now. It goes on by itself as soon as one"
        " does; whoever runs toban can start it with `toban run --role worker`.",
        number=number,
    )


@dataclass(frozen=True, slots=True)
class Doors:
    """The listeners of one Slack app."""

    path: Path
    client: WebClient
    voices: Voices
    estate: Estate
    forms: Forms
    is_worked: Callable[[], bool] = always  # whether somebody does what people ask for

    def open(self, app: App) -> None:
        """Let the app's deliveries in."""
        app.command(re.compile(".*"))(self.on_slash)
        app.event("app_mention")(self.on_mention)
        app.action("toban.approve")(self.on_approve)
        app.action("toban.deny")(self.on_deny)
        app.action("toban.cancel")(self.on_cancel)
        app.action("toban.abort")(self.on_abort)
        app.action("toban.review")(self.on_review)
        app.view(forms.DENY)(self.on_denial)
        self.forms.listen(app)

    # -- lines ---------------------------------------------------------------------------------------

    def on_slash(self, ack: Ack, body: Body) -> None:
        """A slash command; what cannot be asked is answered in the acknowledgement itself."""
        line = payload.slash(body)
        if line is None:
            ack(text=str(_NOT_READ))
            return
        opened = self._open_form(line, payload.text_of(body, "trigger_id"))
        message = None if opened else self._ask(line, Door.SLASH)
        if message is None:
            ack()
        else:
            ack(text=message.text, blocks=list(message.blocks), response_type="ephemeral")

    def on_mention(self, ack: Ack, body: Body) -> None:
        """A mention, in a thread too; Slack repeats it until it is acknowledged."""
        line = payload.mention(body)
        message = self._ask(line, Door.MENTION) if line else None
        ack()
        if line and message:
            self._whisper(line.where, message)

    def _open_form(self, line: Line, trigger: str) -> bool:
        """Open the form of a verb that was typed without the arguments it needs."""
        verb = None if self._foreign(line.where) else self.path.grammar.wants_form(line.text)
        person = self.path.people.person(line.where.person)
        if verb is None or not self.path.policy.may_ask(person, verb.action, verb.risk, Door.FORM).allowed:
            return False
        about = About(verb.action, line.where.channel)
        self.forms.open(about, line.where, trigger, lambda: self._say_instead(line))
        return True

    def _say_instead(self, line: Line) -> None:
        """The form did not open: say what the line lacks."""
        if message := self._ask(line, Door.SLASH):
            self._whisper(line.where, message)

    def _ask(self, line: Line, door: Door) -> Message | None:
        """Ask a line; the answer for its asker alone, or None when the path will answer."""
        speak = self._speaker(line.where)
        if self._foreign(line.where):
            return answer.sentence(OTHER_TEAM, speak)
        asker = self._asker(line.where, speak.language)
        try:
            received = receive(self.path, line.key, door, asker, line.text)
        except UsageError as error:
            return answer.sentence(error.said, speak)
        except CannotStore as error:
            return answer.sentence(not_stored(error), speak)
        match received:
            case Declined(why=why):
                return answer.sentence(why, speak)
            case HelpWanted() as wanted:
                return self._help(wanted, line.where, speak)
            case Accepted() | Repeated():
                return self._taken(received, speak)

    def _taken(self, received: Accepted | Repeated, speak: Speaker) -> Message | None:
        if isinstance(received, Repeated) or self.is_worked():
            return None
        return answer.sentence(_waits(received.number), speak)

    def _help(self, wanted: HelpWanted, where: Where, speak: Speaker) -> Message:
        person = self.path.people.person(where.person)
        everything = wanted == HelpWanted(_OWN)
        page = self.path.grammar.help(
            HelpWanted() if everything else wanted,
            lambda verb: self.path.policy.may_ask(person, verb.action, verb.risk, Door.SLASH).allowed,
            self.estate.samples,
        )
        return help_page(page, speak)

    # -- buttons and forms ---------------------------------------------------------------------------

    def on_approve(self, ack: Ack, body: Body) -> None:
        """Somebody agrees."""
        self._press(body, lambda press: self._decide(press, agrees=True))
        ack()

    def on_cancel(self, ack: Ack, body: Body) -> None:
        """Somebody wants it stopped."""
        self._press(body, self._cancel)
        ack()

    def on_abort(self, ack: Ack, body: Body) -> None:
        """Somebody wants a failure test to end now: whoever may ask anything may."""
        self._press(body, self._abort)
        ack()

    def on_review(self, ack: Ack, body: Body) -> None:
        """Somebody looked at an emergency."""
        self._press(body, lambda press: emergency.press(self.path, self._click(press, agrees=True)))
        ack()

    def on_deny(self, ack: Ack, body: Body) -> None:
        """Somebody does not agree: ask why, unless there is nothing to decide any more."""
        self._press(body, self._open_denial)
        ack()

    def on_denial(self, ack: Ack, body: Body) -> None:
        """The reason of a denial."""
        press = payload.denial(body, forms.REASON, forms.TEXT)
        if press is not None and not self._foreign(press.where):
            self._do(press, lambda press: self._decide(press, agrees=False))
        ack()

    def _press(self, body: Body, do: Callable[[Press], object]) -> None:
        press = payload.press(body)
        if press is None:
            log.warning("a click that cannot be read", extra={"action": "slack.unread-click"})
        elif self._foreign(press.where):
            self._whisper(press.where, answer.sentence(OTHER_TEAM, self._speaker(press.where)))
        else:
            self._do(press, do)

    def _do(self, press: Press, do: Callable[[Press], object]) -> None:
        try:
            do(press)
        except CannotStore as error:
            self._whisper(press.where, answer.sentence(not_stored(error), self._speaker(press.where)))

    def _decide(self, press: Press, *, agrees: bool) -> None:
        decide.decide(self.path, self._click(press, agrees=agrees))

    def _abort(self, press: Press) -> None:
        if self.path.drills.get(press.number) is None:  # such a button ends a failure test, and nothing else
            self._cancel(press)
        else:
            self._cancel(press, "failover.abort", Risk.NONE)

    def _cancel(self, press: Press, verb: str = "toban.cancel", risk: Risk = Risk.CHANGE) -> None:
        person = self.path.people.person(press.where.person)
        may = self.path.policy.may_ask(person, verb, risk, Door.BUTTON)
        cancel.press(self.path, self._click(press, agrees=False), may)

    def _open_denial(self, press: Press) -> None:
        operation = self.path.db.read(lambda tx: operations.get(tx, press.number))
        if operation is None or not decide.counts(self.path, self._click(press, agrees=False)):
            self._decide(press, agrees=False)  # which says why it does not count
            return
        about = {"op": press.number, "hash": press.plan_hash, "channel": press.where.channel}
        form = forms.deny_form(operation, json.dumps(about), self._speaker(press.where))
        try:
            self.client.views_open(trigger_id=press.trigger, view=form)
        except (SlackClientError, OSError) as error:
            log.warning("a form did not open: %s", type(error).__name__, extra={"action": "slack.form"})
            again = words("The form did not open; please press the button again.")
            self._whisper(press.where, answer.sentence(again, self._speaker(press.where)))

    # -- who and where -------------------------------------------------------------------------------

    def _click(self, press: Press, *, agrees: bool) -> Click:
        language = self._speaker(press.where).language
        return Click(
            key=press.key,
            asker=self._asker(press.where, language),
            number=press.number,
            plan_hash=press.plan_hash,
            agrees=agrees,
            reason=press.reason,
        )

    def _asker(self, where: Where, language: str) -> Asker:
        return Asker(where.person, where.team, where.channel, where.thread, where.response_url, language)

    def _speaker(self, where: Where) -> Speaker:
        return self.voices.speaker(where)

    def _foreign(self, where: Where) -> bool:
        return self.voices.foreign(where)

    def _whisper(self, where: Where, message: Message) -> None:
        """Say something to one person that need not survive a crash: they can ask again."""
        blocks = list(message.blocks)
        try:
            if not where.channel:  # the home tab is none
                self.client.chat_postMessage(channel=where.person, text=message.text, blocks=blocks)
                return
            self.client.chat_postEphemeral(
                channel=where.channel,
                user=where.person,
                thread_ts=where.thread or None,
                text=message.text,
                blocks=blocks,
            )
        except (SlackClientError, OSError) as error:
            if where.channel and why(error) in SHUT:  # toban is not in there
                self._whisper(replace(where, channel=""), message)
                return
            log.warning(
                "%s was not told: %s", where.person, type(error).__name__, extra={"action": "slack.whisper"}
            )
