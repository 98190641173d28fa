"""Forms for verbs that cannot do without arguments: opened at once, filled from memory, planned as one types.

Sources, all Slack's: "Modals", "block_suggestion payload", "block_actions payload", "view_submission
payload".  The acknowledgement never waits for AWS nor for Slack.
"""

import logging
import re
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot.arguments import UsageError
from bot.command import Verb
from bot.estate import Estate
from bot.flow.path import Path
from bot.flow.receive import Accepted, Declined, Repeated, receive
from bot.grammar.fields import Composed
from bot.operation import Asker, Door
from bot.slack import form_about, payload
from bot.slack.form_about import About
from bot.slack.payload import Where, part_of, text_of
from bot.slack.preview import preview
from bot.slack.voices import Voices
from bot.views import form
from bot.views.form import Form, Preview
from bot.words import Words, words

log = logging.getLogger("toban.slack")
Body = dict[str, Any]
ERROR = 150  # characters of what is said below a field


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as somebody has it before them."""

    id: str
    where: Where
    verb: Verb[Any]
    about: About
    values: Mapping[str, Any]


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
        filled = self._filled(body)
        prefixes: tuple[str, ...] = ()
        if filled:
            slots = self.path.grammar.slots(filled.verb)
            block = text_of(body, "block_id")
            prefixes = next((slot.declared.prefixes for slot in slots if slot.name == block), ())
        found = self.estate.options(text_of(body, "value")[:200], prefixes) if filled else ()
        ack(options=[{"text": {"type": "plain_text", "text": o.text}, "value": o.value} for o in found])

    def on_change(self, ack: Ack, body: Body) -> None:
        """Something was chosen or typed: what would happen now is worked out in the background."""
        filled = self._filled(body)
        if filled is not None:
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
        composed = self._composed(filled)
        wrong = [said for name, said in composed.mistakes.items() if name not in composed.empty]
        if wrong or composed.empty:
            return Preview(wrong=wrong)
        return preview(self.path, composed.line, filled.where.person, filled.where.channel)

    # -- sending it ----------------------------------------------------------------------------------

    def on_submit(self, ack: Ack, body: Body) -> None:
        """The form was sent: the line it means is asked as if it had been typed."""
        filled = self._filled(body)
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
        composed = self._composed(filled)
        if mistakes := {**self._lacks(filled), **composed.mistakes}:
            return mistakes
        first = form.fields_of(self.path.grammar.slots(filled.verb), filled.about.given)[0].name
        where = filled.where
        language = self.voices.speaker(where).language
        asker = Asker(where.person, where.team, where.channel, where.thread, language=language)
        try:
            received = receive(self.path, f"form:{filled.id}", Door.FORM, asker, composed.line)
        except UsageError as error:
            return {first: error.said}
        match received:
            case Declined(why=why):
                return {first: why}
            case Accepted() | Repeated():
                return {}
            case _:
                return {first: words("{line} asks for nothing", line=composed.line[:60])}

    def _composed(self, filled: Filled) -> Composed:
        return self.path.grammar.compose(filled.verb, self._written(filled))

    def _lacks(self, filled: Filled) -> Mapping[str, Words]:
        """What its preset needs and was left empty; Slack takes a blank for something."""
        preset, written = filled.about.preset, self._written(filled)
        if preset is None:
            return {}
        empty = (name for name in preset.needs if not "".join(written.get(name, ())).strip())
        return dict.fromkeys(empty, preset.lacks)

    def _written(self, filled: Filled) -> dict[str, tuple[str, ...]]:
        slots = self.path.grammar.slots(filled.verb)
        return form.filled_of(slots, filled.values, filled.about.given)

    def _filled(self, body: Body) -> Filled | None:
        """The form a delivery is about; None for what is not one of ours."""
        view = part_of(body, "view")
        about = form_about.read(text_of(view, "private_metadata"))
        verb = self.path.grammar.verb(about.verb)
        where = replace(payload.who(body, about.channel), thread=about.thread)
        if verb is None or not where.person or not text_of(view, "id"):
            return None
        return Filled(text_of(view, "id"), where, verb, about, part_of(part_of(view, "state"), "values"))
