import ast
import logging
import string
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo

from bot.language import CATALOGUES, TRANSLATED, Languages, language_of
from bot.locale.extract import compiled, read, template, untranslated
from bot.locale.sentences import ROOT, calls, calls_in, sources
from bot.words import Words, plural, words

TOKYO = ZoneInfo("Asia/Tokyo")
EVERY = pytest.mark.parametrize("language", TRANSLATED)
NOT_LITERAL = {"words.py"}  # where `words` is made, not used


def say(said: Words, language: str = "en") -> str:
    return Languages.load().say(said, language, TOKYO)


@EVERY
def test_every_sentence_in_the_code_is_translated(language: str) -> None:
    """`python -m bot.locale.extract` adds what is missing to the catalogue, for a person to translate."""
    known = {message.id for message in read(language)}
    assert {message.id for message in template()} - known == set()
    assert untranslated(read(language)) == ()


@EVERY
def test_every_translation_has_the_places_of_its_sentence(language: str) -> None:
    wrong = [message.id for message in read(language) if message.id and not same_places(message)]
    assert wrong == []


@EVERY
def test_the_compiled_catalogue_is_the_one_people_read(language: str) -> None:
    with (CATALOGUES / language / "LC_MESSAGES" / "toban.mo").open("rb") as file:
        assert said_by(read_mo(file)) == said_by(read_mo(BytesIO(compiled(read(language)))))


def test_every_sentence_is_a_literal_that_can_be_found() -> None:
    """A sentence made at run time would never be translated."""
    made = [
        f"{path.relative_to(ROOT)}:{call.line}"
        for path in sources()
        if path.name not in NOT_LITERAL
        for call in calls(path)
        if not call.texts
    ]
    assert made == []


@pytest.mark.parametrize(
    "code",
    [
        "words('a', n=1)",
        "bot.words.words('a')",
        "f'{words(\"a\")}'",
        "from bot.words import words as _\n_('a')",
        "from bot.words import Words, words as said\ndef f():\n    return said('a')",
    ],
)
def test_a_sentence_is_found_wherever_it_stands(code: str) -> None:
    assert [call.texts for call in calls_in(ast.parse(code))] == [("a",)]


def test_a_sentence_made_at_run_time_is_found_out() -> None:
    made = "words(text)\nplural('one', many, 3)\nwords(f'{n} things')"
    assert [call.texts for call in calls_in(ast.parse(made))] == [(), (), ()]


def test_a_count_chooses_the_english_form() -> None:
    assert say(plural("{n} place", "{n} places", 1)) == "1 place"
    assert say(plural("{n} place", "{n} places", 1200)) == "1,200 places"


def test_japanese_has_one_form_for_every_count() -> None:
    said = plural("… and {n} more", "… and {n} more", 3)
    assert say(said, "ja-JP") == "…ほか3件"


def test_an_operations_number_is_a_name_not_a_count() -> None:
    assert say(words("Approve #{number}?", number=12_345)) == "Approve #12345?"


@pytest.mark.parametrize(
    ("length", "english", "japanese"),
    [
        (timedelta(seconds=0.42), "0.4 sec", "0.4秒"),
        (timedelta(seconds=90), "1 min, 30 sec", "1分30秒"),
        (timedelta(hours=2), "2 hr", "2時間"),
        (timedelta(days=1, hours=3, minutes=9), "1 day, 3 hr", "1日3時間"),
        (timedelta(seconds=-5), "0 sec", "0秒"),
    ],
)
def test_a_length_of_time_is_exact_in_its_two_largest_units(
    length: timedelta, english: str, japanese: str
) -> None:
    assert say(words("{it}", it=length)) == english
    assert say(words("{it}", it=length), "ja") == japanese


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        (TOKYO, "1 Dec 2026, 08:30 JST"),
        (ZoneInfo("America/New_York"), "30 Nov 2026, 18:30 EST"),
        (timezone(timedelta(hours=5, minutes=30)), "1 Dec 2026, 05:00 UTC+05:30"),
    ],
)
def test_a_time_names_its_zone(zone: ZoneInfo, shown: str) -> None:
    at = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)
    assert Languages.load().say(words("{at}", at=at), "en", zone) == shown


def test_sentences_within_sentences_speak_the_same_language() -> None:
    inner = (words("done"), words("failed"))
    assert say(words("{both}", both=inner)) == "done and failed"
    assert say(words("{both}", both=inner), "ja") == "完了、失敗"


@pytest.mark.parametrize("locale", ["en-US", "de-DE", "", "jam", "zh-Hans"])
def test_other_languages_read_english(locale: str) -> None:
    assert language_of(locale) == "en"


@pytest.mark.parametrize("locale", ["ja", "ja-JP", "ja_JP", "JA"])
def test_a_japanese_locale_reads_japanese(locale: str) -> None:
    assert language_of(locale) == "ja"


@pytest.mark.parametrize("text", ["no {place} for it", "{", "{0}", "{n.real.nothing}", "{n!z}"])
def test_a_sentence_that_does_not_fit_is_logged_and_still_said(
    text: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        assert say(words(text, n=1)) == text
    assert {record.__dict__["action"] for record in caplog.records} == {"say"}


def test_a_value_is_never_read_as_a_sentence() -> None:
    assert say(words("{it}", it="{n} {")) == "{n} {"


def test_empty_words_stay_empty() -> None:
    assert say(words(""), "ja") == ""


def said_by(catalogue: Catalog) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Its sentences without its head, which names the version of Babel that wrote it."""
    return {forms(message.id): forms(message.string) for message in catalogue if message.id}


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def same_places(message: Message) -> bool:
    """Whether a translation fills exactly the places that its sentence fills, in each of its forms."""
    wanted = set.union(*map(places, forms(message.id)))
    return all(places(text) == wanted for text in forms(message.string))


def forms(text: object) -> tuple[str, ...]:
    return (
        (text,) if isinstance(text, str) else tuple(map(str, text)) if isinstance(text, list | tuple) else ()
    )
