"""Links to the AWS console, where the limits of blocks leave room for them: the one place that makes them."""

import re
from collections.abc import Iterable, Mapping, Sequence

from bot.console import REGION, Console, kind_of
from bot.operation import Report
from bot.plan import Plan, Resource
from bot.views.blocks import SECTION, Block
from bot.views.text import code, literal, units

ROOM = 9_000  # characters of text in one message's blocks
_ZONE = re.compile(rf"({REGION.pattern})[a-z]?")


def address_in(row: Sequence[str], cell: str, console: Console, kind: str = "") -> str:
    """The address for a cell of a table that holds an id, and whose row names the region or a zone of it.

    Where the column holds names instead, it is of one `kind`.

    A server may be called like a region, "web-east-1": names stand before the place.  The account is one of
    the row's cells, too.
    """
    kind = kind_of(cell) or kind
    if not kind:
        return ""
    regions = [found[1] for each in row if (found := _ZONE.fullmatch(each.partition(" ")[0]))]
    account = next((each for each in reversed(row) if each in console.accounts), "")
    return console.link(kind, cell, account, regions[-1] if regions else "")


def linked(blocks: Sequence[Block], named: Mapping[str, Resource], console: Console) -> list[Block]:
    """The blocks with the ids among `named` as links, as many as there is room for.

    Ids stand in code style there; in the plain text of a message they stay so.
    """
    room = ROOM - sum(units(_text(block)) for block in blocks)
    made = []
    for block in blocks:
        text = _text(block)
        for written, link in _links(text, named, console):
            more = units(link) - units(written)
            if more <= room and units(text) + more <= SECTION:
                text, room = text.replace(written, link, 1), room - more
        made.append(_with(block, text) if text else block)
    return made


def in_report(report: Report) -> dict[str, Resource]:
    """Each resource that a card may name: targets, what was made, what is left alone."""
    made = {row.result: _made(row.result, row.step.target) for row in report.steps if row.result}
    planned = in_plan(report.operation.plan) if report.operation.plan else {}
    return planned | made | {row.step.target.id: row.step.target for row in report.steps}


def in_plan(plan: Plan) -> dict[str, Resource]:
    """Each resource that a plan names."""
    named = (*(step.target for step in plan.steps[:50]), *(left.target for left in plan.left[:50]))
    return {one.id: one for one in named}


def _made(id_: str, target: Resource) -> Resource:
    """What a step has made: it lives where the step's target does."""
    return Resource(target.account, target.region, kind_of(id_), id_)


def _links(text: str, named: Mapping[str, Resource], console: Console) -> Iterable[tuple[str, str]]:
    for name, one in named.items():
        written = code(name, 60)
        if written not in text or literal(name) != name:
            continue  # what needs dressing would do something within a link
        if url := console.link(one.type, name, one.account, one.region):
            yield written, f"<{_in_link(url)}|{written[1:-1]}>"


def _in_link(url: str) -> str:
    """An address within mrkdwn ("Formatting text for app surfaces", Slack)."""
    return url.replace("&", "&amp;")


def _text(block: Block) -> str:
    match block:
        case {"type": "section", "text": {"text": str(text)}}:
            return text
        case _:
            return ""


def _with(block: Block, text: str) -> Block:
    match block:
        case {"text": dict(shown)}:
            return {**block, "text": {**shown, "text": text}}
        case _:
            return block
