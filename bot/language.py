"""Say `Words` in the reader's language: English, or Japanese from the catalogue beside this module.

The catalogue is kept as text (`toban.po`) and read in its compiled form (`toban.mo`), which the
standard library reads in a millisecond; ``python -m bot.locale.extract`` brings both up to date.
"""

import gettext
import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path
from typing import Literal, TypeAlias

from bot.locale import measures
from bot.words import Value, Words

Language: TypeAlias = Literal["en", "ja"]
CATALOGUES = Path(__file__).parent / "locale"
TRANSLATED: tuple[Language, ...] = ("ja",)
NAMES = frozenset({"number", "operation", "op"})
"""Places whose whole number is a name, not a count: shown without separators."""

_log = logging.getLogger(__name__)


def _as_it_is(text: str) -> str:
    return text


def _value_as_it_is(_place: str, text: str) -> str:
    return text


@dataclass(frozen=True, slots=True)
class Markup:
    """How a sentence is dressed for where it is shown; `PLAIN` leaves everything as it is."""

    frame: Callable[[str], str]  # the sentence, before its places are filled
    value: Callable[[str, str], str]  # (name of the place, text that goes there)


PLAIN = Markup(_as_it_is, _value_as_it_is)


@dataclass(frozen=True, slots=True)
class Languages:
    """The languages toban speaks."""

    catalogues: Mapping[str, gettext.NullTranslations]

    @classmethod
    def load(cls) -> "Languages":
        """Read the catalogues.  Raises OSError when one is missing from the installation."""
        return cls({language: _read(language) for language in TRANSLATED})

    def say(self, words: Words, language: str, zone: tzinfo, markup: Markup = PLAIN) -> str:
        """The sentence in a language ("en", "ja", or a locale such as "ja-JP"), times in `zone`.

        Never fails: a translation that does not fit its values is logged and said in English.
        """
        spoken = language_of(language)
        values = {name: self._shown(name, value, spoken, zone, markup) for name, value in words.values}
        for template in self._templates(words, spoken):
            try:
                return markup.frame(template).format_map(values)
            except (LookupError, ValueError, AttributeError):
                noted = {"action": "say", "sentence": template}
                _log.exception("a sentence does not fit its values", extra=noted)
        return markup.frame(words.text)

    def _templates(self, words: Words, language: Language) -> Iterator[str]:
        """The translated sentence, then the English one."""
        count = dict(words.values).get("n")
        number = count if isinstance(count, int) else 0
        catalogue = self.catalogues.get(language)
        if catalogue and words.many:
            yield catalogue.ngettext(words.text, words.many, number)
        elif catalogue and words.text:  # the empty key holds the catalogue's own head
            yield catalogue.gettext(words.text)
        yield words.many if words.many and number != 1 else words.text

    def _shown(self, name: str, value: Value, language: Language, zone: tzinfo, markup: Markup) -> str:
        match value:
            case Words():
                return self.say(value, language, zone, markup)
            case tuple():
                return measures.listed([self.say(item, language, zone, markup) for item in value], language)
            case str():
                return markup.value(name, value)
            case int() if name in NAMES:
                return str(value)
            case _:
                return measures.shown(value, language, zone)


def language_of(locale: str) -> Language:
    """The language for a Slack locale such as "ja-JP"; every other locale reads English."""
    return "ja" if locale.replace("_", "-").lower().split("-")[0] == "ja" else "en"


def _read(language: str) -> gettext.NullTranslations:
    with (CATALOGUES / language / "LC_MESSAGES" / "toban.mo").open("rb") as compiled:
        return gettext.GNUTranslations(compiled)
