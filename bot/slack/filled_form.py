"""A form as somebody has it before them: what was chosen and written, and the line that it means.

Source: "view_submission payload", "block_actions payload" (Slack): a form's state stands in its view.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.command import Verb
from bot.grammar.fields import Composed
from bot.grammar.grammar import Grammar
from bot.slack import form_about, payload
from bot.slack.form_about import About
from bot.slack.payload import Payload, Where, part_of, text_of
from bot.views import form
from bot.words import Words


@dataclass(frozen=True, slots=True)
class Filled:
    """A form with its state."""

    id: str
    where: Where
    verb: Verb[Any]
    about: About
    values: Mapping[str, Any]


def read(grammar: Grammar, body: Payload) -> Filled | None:
    """The form a delivery is about; None for what is not one of ours."""
    view = part_of(body, "view")
    about = form_about.read(text_of(view, "private_metadata"))
    verb = grammar.verb(about.verb)
    where = replace(payload.who(body, about.channel), thread=about.thread)
    if verb is None or not where.person or not text_of(view, "id"):
        return None
    return Filled(text_of(view, "id"), where, verb, about, part_of(part_of(view, "state"), "values"))


def composed(grammar: Grammar, filled: Filled) -> Composed:
    """The line that it means, and what is wrong with it."""
    return grammar.compose(filled.verb, _written(grammar, filled))


def lacks(grammar: Grammar, filled: Filled) -> Mapping[str, Words]:
    """What its preset needs and was left empty; Slack takes a blank for something."""
    preset, written = filled.about.preset, _written(grammar, filled)
    if preset is None:
        return {}
    empty = (name for name in preset.needs if not "".join(written.get(name, ())).strip())
    return dict.fromkeys(empty, preset.says)


def _written(grammar: Grammar, filled: Filled) -> dict[str, tuple[str, ...]]:
    return form.filled_of(grammar.slots(filled.verb), filled.values, filled.about.given)
