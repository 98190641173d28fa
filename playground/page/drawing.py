"""Blocks as HTML: one template for each kind of block and element; an unknown kind is shown as JSON.

What the script of the page needs to send a click on stands in `data-` attributes.
"""

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from playground.page.charts import Sheet, sheet
from playground.page.markdown import markdown
from playground.page.mrkdwn import mrkdwn, plain
from playground.page.reader import Reader
from playground.page.rich_text import rich_text
from playground.page.speech import say
from playground.slack.shapes import Json, as_list, as_object

TEMPLATES = Path(__file__).parent / "templates"


@cache
def templates() -> Environment:
    """Return the page's templates, with everything escaped that is not made here."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )


@cache
def kinds(folder: str) -> frozenset[str]:
    """Return the kinds of "blocks" or "elements" there is a template for."""
    return frozenset(path.stem for path in (TEMPLATES / folder).glob("*.html") if path.stem != "unknown")


@dataclass(frozen=True, slots=True)
class Drawing:
    """Draws blocks for one reader, in one message or form.

    `values` is what the form holds (block_id, action_id, value), `trouble` what is wrong in it (block_id).
    """

    reader: Reader
    here: str  # the page's own address: pictures come from there only
    values: Json = field(default_factory=dict)
    trouble: Json = field(default_factory=dict)

    def blocks(self, blocks: list[Json]) -> Markup:
        """Return blocks, in order."""
        return Markup("").join(self.block(block) for block in blocks)

    def block(self, block: Json) -> Markup:
        """Return one block."""
        return self._drawn("blocks", block, block)

    def element(self, element: Json, block: Json) -> Markup:
        """Return an element of a block: a button, a menu, a field ..."""
        return self._drawn("elements", element, block)

    def text(self, said: object) -> Markup:
        """Return a text object: mrkdwn or plain text."""
        words = as_object(said)
        text = str(words.get("text", ""))
        if words.get("type") == "mrkdwn":
            return mrkdwn(text, self.reader)
        return plain(text, emoji=bool(words.get("emoji", True)))

    def markdown(self, text: str) -> Markup:
        """Return the text of a markdown block."""
        return markdown(text)

    def rich_text(self, block: Json) -> Markup:
        """Return a rich_text block's inside."""
        return rich_text(block, self.reader)

    def chart(self, block: Json) -> Sheet:
        """Return a chart block, ready to be drawn."""
        return sheet(block)

    def cell(self, cell: Json) -> Markup:
        """Return a cell of a table."""
        if cell.get("type") == "rich_text":
            return rich_text(cell, self.reader)
        if cell.get("type") in {"raw_text", "raw_number"}:
            return plain(str(cell.get("text", cell.get("value", ""))), emoji=False)
        return Markup('<code class="unknown">{}</code>').format(self.json(cell))

    def value(self, element: Json, block: Json) -> Json:
        """Return what a field holds, as state.values tells it; empty when nobody touched it."""
        held = as_object(self.values.get(str(block.get("block_id"))))
        return as_object(held.get(str(element.get("action_id"))))

    def chosen(self, element: Json, block: Json) -> list[str]:
        """Return the values of the options that are chosen in a menu."""
        held = self.value(element, block)
        one = held.get("selected_option", element.get("initial_option"))
        several = held.get("selected_options", element.get("initial_options"))
        return [str(each["value"]) for each in [*as_list(several), *as_list([one])]]

    def is_ours(self, url: object) -> bool:
        """Return whether a picture's address leads to this page and nowhere else."""
        return urlsplit(str(url)).netloc in {"", urlsplit(self.here).netloc} and str(url).startswith(
            (self.here, "/files/")
        )

    def json(self, value: object) -> str:
        """Return a value as readable JSON."""
        return json.dumps(value, ensure_ascii=False, indent=2, default=str)

    def say(self, key: str, **values: object) -> str:
        """Return one of the page's own sentences in the reader's language."""
        return say(key, self.reader.language, **values)

    def _drawn(self, folder: str, thing: Json, block: Json) -> Markup:
        kind = str(thing.get("type"))
        name = kind if kind in kinds(folder) else "unknown"
        template = templates().get_template(f"{folder}/{name}.html")
        return Markup(template.render(draw=self, it=thing, block=block))
