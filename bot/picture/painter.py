"""Paints charts and timelines, one at a time, in a language that can be written here."""

import gc
import threading
from dataclasses import dataclass
from datetime import tzinfo

from bot.drawn import Drawn
from bot.language import Languages, language_of
from bot.picture import folder
from bot.picture.subject import Subject, W, subject
from bot.words import Words, words

IN_ENGLISH = words(
    "The picture is in English: no font with Japanese letters, such as Noto Sans CJK, "
    "is installed where toban runs."
)
LETTERS = words(
    "Some letters in the picture are missing: no font that is installed where toban runs has them."
)
YOUNG = 1  # a figure and its pieces hold each other: 1 MB a picture, which the collector seldom comes to
_ONE_AT_A_TIME = threading.Lock()  # matplotlib is not made for several threads


class Unpaintable(Exception):
    """The picture could not be drawn; the text is fit for a log."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG, and what a reader of it has to be told."""

    png: bytes
    lacks: Words | None = None


class Painter:
    """Draws one picture after the other, whoever asks for it."""

    def __init__(self, languages: Languages, zone: tzinfo) -> None:
        """Nothing is loaded yet."""
        self._languages, self._zone = languages, zone

    def paint(self, drawn: Drawn, language: str) -> Picture:
        """The chart or timeline as a picture.  Raises Unpaintable."""
        with _ONE_AT_A_TIME:
            try:
                folder.prepare()
                return self._painted(subject(drawn), language_of(language))
            except (OSError, ImportError, RuntimeError, ValueError) as error:  # a full disk, a broken font
                raise Unpaintable(f"{type(error).__name__}: {error}") from error
            finally:
                gc.collect(YOUNG)

    def _painted(self, drawn: Subject[W], language: str) -> Picture:
        from bot.picture import fonts  # noqa: PLC0415 - 58 MB that only a drawn picture costs

        said, lacks = self._said(drawn, language), None
        families, absent = fonts.chosen(said)
        if absent and language != "en":
            said, lacks = self._said(drawn, "en"), IN_ENGLISH
            families, absent = fonts.chosen(said)
        if absent:
            said, lacks = said.without(absent), LETTERS
        return Picture(drawn.png(said, families), lacks)

    def _said(self, drawn: Subject[W], language: str) -> W:
        return drawn.said(lambda said: self._languages.say(said, language, self._zone), language)
