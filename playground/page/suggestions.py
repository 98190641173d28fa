"""What the composer offers while somebody types a command: nouns, verbs, options, and what they do."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

import commands
from bot.arguments import Kind
from bot.grammar.slot import Slot, slots_of
from bot.language import Languages
from playground.aws.fleet import KINDS
from playground.page.aws_view import ACCOUNTS, REGIONS
from playground.slack.shapes import Json

_ZONE = ZoneInfo("Asia/Tokyo")
_PLACES = {"--account": list(ACCOUNTS.values()), "--region": list(REGIONS)}


def suggestions(languages: Languages, language: str) -> list[Json]:
    """Return every verb with its usage, help, examples and options, said in a language."""
    return [
        {
            "line": f"/{verb.typed}",
            "usage": " ".join(slot.usage for slot in slots_of(verb)),
            "help": languages.say(verb.help, language, _ZONE),
            "examples": [f"/{example.lstrip('/')}" for example in verb.examples],
            "options": [
                _option(slot, languages, language) for slot in slots_of(verb) if slot.declared.option
            ],
            "words": list(_words(slots_of(verb))),
        }
        for verb in commands.load()
    ]


def _option(slot: Slot, languages: Languages, language: str) -> Json:
    return {
        "option": slot.option,
        "shape": slot.shape,
        "help": languages.say(slot.declared.help, language, _ZONE),
        "choices": list(slot.declared.choices) or _PLACES.get(slot.option, []),
    }


def _words(slots: Iterable[Slot]) -> Iterable[str]:
    """Yield words that fit where targets stand: the estate's own tags and names."""
    if any(slot.declared.kind is Kind.TARGETS for slot in slots):
        yield from dict.fromkeys(f"tag:env={kind.env}" for kind in KINDS if kind.env)
        yield from dict.fromkeys(f"tag:service={kind.service}" for kind in KINDS if kind.service)
        yield "tag:Backup=nightly"
        yield from (f"name:{kind.name}-*" for kind in KINDS)
