"""A report as a page and as Markdown: whole, within itself, in the reader's language, and text stays text."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree

from bot.drill_timeline import of as timeline_of
from bot.plan import File, Table
from bot.views.file_text import file_text
from bot.words import words
from commands.failover import _drawing, _page, _text
from commands.failover._document import Document, Heading, Lines, Picture, Rows, Scribe
from tests.bot.drills import SHOP, STORY_MARKS, STORY_SAMPLES, after, drill, mark, samples
from tests.bot.views.reports import speaker

STORY = timeline_of(drill(until=200), STORY_SAMPLES, STORY_MARKS, after(200))
EVIL = "<script>alert(1)</script>|[x](http://evil.example)"


def document(evil: str = "shop") -> Document:
    said = words("{it} is steady", it=evil)
    table = Table((words("Who"), words("What")), ((evil, said),))
    line = timeline_of(
        drill(replace(SHOP, name=evil), until=200),
        samples((24, 70, evil), probe=replace(SHOP, name=evil)),
        [mark(30, evil)],
        after(200),
    )
    return Document("drill-42", said, (Heading(said), Lines((said, said)), Rows(table), Picture(line)))


class Tags(HTMLParser):
    """The tags of a page, each closed by its own."""

    VOID = frozenset({"meta"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.found.add(tag)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def spoken(file: File, language: str = "en") -> str:
    return file_text(file, speaker(language))


def test_a_page_is_whole_and_needs_nothing_else() -> None:
    text = spoken(_page.page(document()))
    assert text.startswith("<!doctype html>")
    assert Tags(text).open == []
    assert re.findall(r"""(?:src|href)\s*=|url\(|@import|http""", text) == []


def test_what_aws_or_the_config_says_is_text_on_a_page() -> None:
    text = spoken(_page.page(document(EVIL)))
    assert "script" not in Tags(text).found
    assert "&lt;script&gt;" in text


def test_in_markdown_too() -> None:
    text = spoken(_text.markdown(document(EVIL)))
    assert "<script>" not in text.replace(r"\<script>", "")
    assert "](http" not in text.replace(r"\](http", "")
    [row] = [line for line in text.splitlines() if line.startswith("| ") and "alert" in line]
    assert len(re.findall(r"(?<!\\)\|", row)) == 3


def test_markdown_has_headings_lists_tables_and_the_picture_in_words() -> None:
    lines = spoken(_text.markdown(document())).splitlines()
    assert lines[0] == "# shop is steady"
    assert "## shop is steady" in lines
    assert "- shop is steady" in lines
    assert lines[lines.index("| --- | --- |") - 1] == "| Who | What |"
    assert any(line.startswith("*In ") for line in lines)


def test_no_place_is_left_without_its_sentence() -> None:
    for made in (_page.page(document()), _text.markdown(document())):
        assert not re.search("[\ue000\ue001]", spoken(made))


def test_a_drawing_is_well_formed_and_has_a_shape_for_each_window_and_each_flag() -> None:
    scribe = Scribe()
    drawn = ElementTree.fromstring(_drawing.svg(STORY, scribe))
    fills = [each.get("fill") for each in drawn.iter("rect")]
    assert fills.count(_drawing.OUT) == 1
    titles = [each.text or "" for each in drawn.iter("title")]
    assert len(titles) == 1 + len(STORY_MARKS)
    assert any("504, 502" in title for title in titles)
    assert [scribe.said.index(flag.said) >= 0 for flag in STORY.flags] == [True] * 4


def test_nothing_is_drawn_outside_of_the_drawing() -> None:
    drawn = ElementTree.fromstring(_drawing.svg(STORY, Scribe()))
    for each in drawn.iter("rect"):
        left, wide = float(each.get("x", "0")), float(each.get("width", "0"))
        assert 0 <= left <= left + wide <= _drawing.WIDTH
