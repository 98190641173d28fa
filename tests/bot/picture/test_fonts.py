"""Japanese where a font for it is installed; English, and a word about it, where none is."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from matplotlib import font_manager

from bot.picture import folder, fonts
from bot.picture.captions import EXPECTED, PROVISIONAL, UNKNOWN
from bot.picture.painter import IN_ENGLISH, LETTERS
from tests.bot.picture.charts import chart, painted, painter, series

PAINT = """
import sys
from bot import wiring
assert "matplotlib" not in sys.modules and "numpy" not in sys.modules, "loaded before a picture is drawn"
from tests.bot.picture.charts import painted, sixty_days
assert painted(sixty_days()).png
"""


@pytest.fixture(autouse=True)
def no_font_for_japanese(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever is installed here."""
    manager = font_manager.fontManager
    left = [entry for entry in manager.ttflist if entry.name not in fonts.JAPANESE]
    monkeypatch.setattr(manager, "ttflist", left)
    monkeypatch.setattr(font_manager, "findSystemFonts", list)
    fonts._japanese.cache_clear()
    fonts._letters.cache_clear()
    yield
    fonts._japanese.cache_clear()
    fonts._letters.cache_clear()


def made(path: Path, family: str, letters: str) -> str:
    """A font that has these letters, all of them a box."""
    names = {ord(letter): f"u{ord(letter):04x}" for letter in letters}
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for corner in ((100, 700), (800, 700), (800, 0)):
        pen.lineTo(corner)
    pen.closePath()
    box = pen.glyph()
    build = FontBuilder(1000, isTTF=True)
    build.setupGlyphOrder([".notdef", *names.values()])
    build.setupCharacterMap(names)
    build.setupGlyf(dict.fromkeys([".notdef", *names.values()], box))
    build.setupHorizontalMetrics(dict.fromkeys([".notdef", *names.values()], (900, 100)))
    build.setupHorizontalHeader(ascent=800, descent=-200)
    build.setupNameTable({"familyName": family, "styleName": "Regular"})
    build.setupOS2(sTypoAscender=800, usWinAscent=800, usWinDescent=200)
    build.setupPost()
    build.save(path)
    return str(path)


def japanese() -> str:
    """Every letter that the pictures have of their own."""
    speak = painter()._languages
    zone = painter()._zone
    said = (
        speak.say(each, "ja", zone) for each in (EXPECTED, PROVISIONAL, UNKNOWN, chart(series("a")).title)
    )
    return "".join(
        sorted({letter for text in said for letter in text if ord(letter) > 0x2FF} | set("日本語"))
    )


def test_without_a_font_for_it_the_picture_is_in_english_and_says_so() -> None:
    drawn = chart(series(EXPECTED, "1"), provisional=1)
    there = painted(drawn, "ja")
    assert there.lacks == IN_ENGLISH
    assert there.png == painted(drawn, "en").png


def test_an_english_picture_needs_no_such_font() -> None:
    assert painted(chart(series("Amazon EC2", "1")), "en").lacks is None


def test_letters_that_no_font_has_are_not_left_out_in_silence() -> None:
    assert painted(chart(series("経理", "1")), "en").lacks == LETTERS


@pytest.mark.parametrize("file", ["ipaexg.ttf", "NotoSansCJK-Regular.ttf"])
def test_a_font_that_was_installed_since_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    """matplotlib's list of fonts may be older."""
    path = made(tmp_path / file, "IPAexGothic", japanese())
    monkeypatch.setattr(font_manager, "findSystemFonts", lambda: [path, str(tmp_path / "ipa-broken.ttf")])
    (tmp_path / "ipa-broken.ttf").write_bytes(b"no font")
    drawn = chart(series("日本語", "1"), provisional=1)
    there = painted(drawn, "ja")
    assert there.lacks is None
    assert there.png != painted(drawn, "en").png


def test_nothing_is_written_into_the_home_folder_nor_where_toban_was_started(tmp_path: Path) -> None:
    """matplotlib is loaded when the first picture is drawn, and not before."""
    home, work, temporary = (tmp_path / name for name in ("home", "work", "tmp"))
    for each in (home, work, temporary):
        each.mkdir()
    home.chmod(0o500)
    environ = {"HOME": str(home), "TMPDIR": str(temporary), "PATH": os.environ["PATH"]}
    environ["PYTHONPATH"] = str(Path(__file__).parents[3])
    subprocess.run([sys.executable, "-c", PAINT], cwd=work, env=environ, check=True)
    assert list(home.iterdir()) == list(work.iterdir()) == []
    [kept] = temporary.iterdir()
    assert [file.name.startswith("fontlist-") for file in kept.iterdir()] == [True]


def test_a_folder_that_others_may_write_in_is_not_used(tmp_path: Path) -> None:
    ours = folder.folder(tmp_path)
    assert ours == folder.folder(tmp_path)
    ours.chmod(0o777)
    other = folder.folder(tmp_path)
    assert other != ours
    assert other.parent == tmp_path


def test_a_link_in_its_place_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    name = folder.folder(tmp_path).name
    (tmp_path / name).rmdir()
    (tmp_path / name).symlink_to(tmp_path / "elsewhere")
    assert folder.folder(tmp_path) != tmp_path / name


def test_a_folder_of_your_choice_stays(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(folder.FOLDER, str(tmp_path))
    folder.prepare()
    assert os.environ[folder.FOLDER] == str(tmp_path)
