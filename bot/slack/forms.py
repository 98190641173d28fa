"""Forms for verbs that cannot do without arguments: opened at once, filled from memory, planned as one types.

Sources, all Slack's: "Modals", "block_suggestion payload", "block_actions payload", "view_submission
payload".  The acknowledgement never waits for AWS nor for Slack.
"""

import logging
import re
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot.arguments import UsageError
from bot.bell import Topic
from bot.command import Verb
from bot.estate import Estate
from bot.flow import mail
from bot.flow.path import Path
from bot.flow.receive import Accepted, Declined, Received, Repeated, receive
from bot.operation import Asker, Door
from bot.slack import filled_form
from bot.slack.filled_form import Filled
from bot.slack.form_about import About
from bot.slack.not_stored import not_stored
from bot.slack.payload import Where, text_of
from bot.slack.preview import preview
from bot.slack.voices import Voices
from bot.store.closed_door import CannotStore
from bot.views import form
from bot.views.form import Form, Preview
from bot.words import Words, words

log = logging.getLogger("toban.slack")
Body = dict[str, Any]
ERROR = 150  # characters of what is said below a field


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms of one app.  `changes` counts each open form's changes, so that only the last is planned.

    What opens them has threads of its own: a trigger lives three seconds, and previews wait for AWS.
    """

    path: Path
    client: WebClient
    estate: Estate
    background: Executor
    opening: Executor
    voices: Voices
    changes: dict[str, int] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def listen(self, app: App) -> None:
        """Let the app's deliveries in."""
        app.options(form.TARGETS)(self.on_options)
        app.action(re.compile(r"toban\.form\..+"))(self.on_change)
        app.view(form.FORM)(self.on_submit)

    # -- opening -------------------------------------------------------------------------------------

    def open(self, about: About, where: Where, trigger: str, failed: Callable[[], None]) -> None:
        """Show a form, beside the acknowledgement; `failed` tells the person otherwise.

        Raises LookupError when there is no such verb.
        """
        verb = self.path.grammar.verb(about.verb)
        if verb is None:
            raise LookupError(f"there is no verb {about.verb}")
        view = self._form(verb, about, where, Preview())
        self.opening.submit(self._open, view, trigger, failed)

    def _open(self, view: dict[str, Any], trigger: str, failed: Callable[[], None]) -> None:
        try:
            self.client.views_open(trigger_id=trigger, view=view)
        except (SlackClientError, OSError) as error:
            log.warning("a form did not open: %s", type(error).__name__, extra={"action": "slack.form"})
            failed()

    def _form(self, verb: Verb[Any], about: About, where: Where, shown: Preview) -> dict[str, Any]:
        grammar, speak = self.path.grammar, self.voices.speaker(where)
        made = Form(
            verb, grammar.slots(verb), grammar.known, about.written(), shown, about.preset, about.given
        )
        return form.form(made, speak)

    # -- while it is filled in -----------------------------------------------------------------------

    def on_options(self, ack: Ack, body: Body) -> None:
        """What could be meant, from memory."""
        filled = filled_form.read(self.path.grammar, body)
        prefixes: tuple[str, ...] = ()
        if filled:
            slots = self.path.grammar.slots(filled.verb)
            block = text_of(body, "block_id")
            prefixes = next((slot.declared.prefixes for slot in slots if slot.name == block), ())
        found = self.estate.options(text_of(body, "value")[:200], prefixes) if filled else ()
        ack(options=[{"text": {"type": "plain_text", "text": o.text}, "value": o.value} for o in found])

    def on_change(self, ack: Ack, body: Body) -> None:
        """Something was chosen or typed: what would happen now is worked out in the background."""
        filled = filled_form.read(self.path.grammar, body)
        if filled is not None and filled.about.preset is None:
            with self.lock:
                number = self.changes[filled.id] = self.changes.get(filled.id, 0) + 1
            self.background.submit(self._show, filled, number)
        ack()

    def _show(self, filled: Filled, number: int) -> None:
        if not self._is_last(filled, number):
            return
        shown = self._preview(filled)
        if self._is_last(filled, number):
            view = self._form(filled.verb, filled.about, filled.where, shown)
            try:
                self.client.views_update(view_id=filled.id, view=view)
            except (SlackClientError, OSError) as error:  # it was closed, mostly
                log.info("a form was not updated: %s", type(error).__name__, extra={"action": "slack.form"})
        with self.lock:
            if self.changes.get(filled.id) == number:
                del self.changes[filled.id]

    def _is_last(self, filled: Filled, number: int) -> bool:
        with self.lock:
            return self.changes.get(filled.id) == number

    def _preview(self, filled: Filled) -> Preview:
        composed = filled_form.composed(self.path.grammar, filled)
        wrong = [said for name, said in composed.mistakes.items() if name not in composed.empty]
        if wrong or composed.empty:
            return Preview(wrong=wrong)
        return preview(self.path, composed.line, filled.where.person, filled.where.channel)

    # -- sending it ----------------------------------------------------------------------------------

    def on_submit(self, ack: Ack, body: Body) -> None:
        """The form was sent: the line it means is asked as if it had been typed."""
        filled = filled_form.read(self.path.grammar, body)
        if filled is None or self.voices.foreign(filled.where):
            ack()
            return
        errors = self._ask(filled)
        if errors:
            speak = self.voices.speaker(filled.where)
            shown = {block: speak.plain(said)[:ERROR] for block, said in errors.items()}
            ack(response_action="errors", errors=shown)
        else:
            ack()

    def _ask(self, filled: Filled) -> Mapping[str, Words]:
        """What is wrong, by the block it is shown at; nothing once it is asked."""
        composed = filled_form.composed(self.path.grammar, filled)
        if mistakes := {**filled_form.lacks(self.path.grammar, filled), **composed.mistakes}:
            return mistakes
        first = form.fields_of(self.path.grammar.slots(filled.verb), filled.about.given)[0].name
        where = filled.where
        language = self.voices.speaker(where).language
        asker = Asker(where.person, where.team, where.channel, where.thread, language=language)
        match self._receive(f"form:{filled.id}", asker, composed.line):
            case Declined(why=said) | (Words() as said):
                return {first: said}
            case Accepted(number=number):
                self._say_so(filled, asker, number, composed.line)
                return {}
            case Repeated():
                return {}
            case _:
                return {first: words("{line} asks for nothing", line=composed.line[:60])}

    def _receive(self, key: str, asker: Asker, line: str) -> Received | Words:
        try:
            return receive(self.path, key, Door.FORM, asker, line)
        except UsageError as error:
            return error.said
        except CannotStore as error:
            return not_stored(error)

    def _say_so(self, filled: Filled, asker: Asker, number: int, line: str) -> None:
        """Who answers a button's form alone sees where it goes on: in the thread of the button."""
        if filled.about.preset is None:
            return
        said = words(
            "#{number}: {line}; what comes of it stands in the thread.", number=number, line=f"/{line}"
        )
        self.path.db.write(lambda tx: mail.click(self.path, tx, f"form:{filled.id}", asker, said))
        self.path.ring(Topic.MAIL)
