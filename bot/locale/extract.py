"""Bring the catalogues up to date with the sentences in the code: ``python -m bot.locale.extract``.

Finds every ``words("…")`` and ``plural("…", "…", n)``, adds what is new to each `toban.po` without
guessing a translation, drops what is gone, and compiles the result to `toban.mo`.
"""

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from bot.language import CATALOGUES, TRANSLATED
from bot.locale.sentences import ROOT, sentences

_NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)  # a date that moves would be a conflict in every merge


def template() -> Catalog:
    """Every sentence in the code, without translations."""
    catalogue = _empty(None)
    for found in sentences():
        key = found.texts if len(found.texts) > 1 else found.texts[0]
        catalogue.add(key, locations=[(found.path.relative_to(ROOT).as_posix(), 0)])
    return catalogue


def read(language: str) -> Catalog:
    """The catalogue of a language as its text stands."""
    try:
        return read_po(io.BytesIO(_path(language, "po").read_bytes()), locale=language)
    except FileNotFoundError:
        return _empty(language)


def compiled(catalogue: Catalog) -> bytes:
    """The form the standard library reads; sentences marked fuzzy are left out."""
    written = io.BytesIO()
    write_mo(written, catalogue)
    return written.getvalue()


def untranslated(catalogue: Catalog) -> tuple[str, ...]:
    """The English sentences that still lack a translation, or have one marked fuzzy."""
    return tuple(
        message.id if isinstance(message.id, str) else message.id[0]
        for message in catalogue
        if message.id and (message.fuzzy or not all(_texts(message.string)))
    )


def main() -> int:
    """Update and compile every catalogue; returns 1 when sentences wait for a translation."""
    found, missing = template(), 0
    for language in TRANSLATED:
        catalogue = read(language)
        catalogue.update(found, no_fuzzy_matching=True, update_creation_date=False)
        catalogue.obsolete.clear()
        _write(language, catalogue)
        for sentence in untranslated(catalogue):
            missing += 1
            sys.stdout.write(f"{language}: {sentence}\n")
    sys.stdout.write(f"{len(found)} sentences, {missing} translations missing\n")
    return 1 if missing else 0


def _write(language: str, catalogue: Catalog) -> None:
    text = io.BytesIO()
    write_po(text, catalogue, width=110, sort_output=True, include_lineno=False, ignore_obsolete=True)
    _path(language, "po").write_bytes(text.getvalue())
    _path(language, "mo").write_bytes(compiled(catalogue))


def _empty(language: str | None) -> Catalog:
    return Catalog(
        language,
        domain="toban",
        header_comment="# The sentences of toban; update with: python -m bot.locale.extract",
        project="toban",
        version="1",
        msgid_bugs_address="-",
        last_translator="-",
        language_team="-",
        creation_date=_NO_DATE,
        revision_date=_NO_DATE,
        fuzzy=False,
    )


def _path(language: str, ending: str) -> Path:
    return CATALOGUES / language / "LC_MESSAGES" / f"toban.{ending}"


def _texts(string: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string or ("",))


if __name__ == "__main__":
    sys.exit(main())
