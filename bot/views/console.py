"""Links to the AWS console, where the limits of blocks leave room for them.

The addresses are those the console itself shows for an instance, a volume, a snapshot and an image; each
partition has its own domain ("AWS service endpoints", AWS General Reference).
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from aws.account import Place
from bot.operation import Report
from bot.plan import Plan, Resource
from bot.views.blocks import SECTION, Block
from bot.views.text import code, units

PAGES: Mapping[str, str] = {
    "i": "InstanceDetails:instanceId",
    "vol": "VolumeDetails:volumeId",
    "snap": "SnapshotDetails:snapshotId",
    "ami": "ImageDetails:imageId",
}
ROOM = 9_000  # characters of text in one message's blocks
_ID = re.compile(r"(i|vol|snap|ami)-[0-9a-f]{1,17}")
_SKY = r"(?:central|north|south|(?:north|south)?(?:east|west))"
_REGION = re.compile(rf"[a-z]{{2,4}}(?:-[a-z]+)?-{_SKY}-[1-9]")  # ap-northeast-1, us-gov-west-1
_ZONE = re.compile(rf"({_REGION.pattern})[a-z]?")
_DOMAINS = {"cn-": "amazonaws.cn", "us-gov-": "amazonaws-us-gov.com"}


def address(resource: str, region: str) -> str:
    """Where the console shows a resource; "" for what has no page here."""
    found = _ID.fullmatch(resource)
    if not found or not _REGION.fullmatch(region):
        return ""
    domain = next((name for start, name in _DOMAINS.items() if region.startswith(start)), "aws.amazon.com")
    return f"https://{region}.console.{domain}/ec2/home?region={region}#{PAGES[found[1]]}={resource}"


def address_in(row: Sequence[str], cell: str) -> str:
    """The same for a cell of a table whose row names the region or a zone of it.

    A server may be called like a region, "web-east-1": names stand before the place.
    """
    if not _ID.fullmatch(cell):
        return ""
    regions = [found[1] for each in row if (found := _ZONE.fullmatch(each))]
    return address(cell, regions[-1] if regions else "")


def linked(blocks: Sequence[Block], named: Mapping[str, Place]) -> list[Block]:
    """The blocks with the ids among `named` as links, as many as there is room for.

    Ids stand in code style there; in the plain text of a message they stay so.
    """
    room = ROOM - sum(units(_text(block)) for block in blocks)
    made = []
    for block in blocks:
        text = _text(block)
        for written, link in _links(text, named):
            more = units(link) - units(written)
            if more <= room and units(text) + more <= SECTION:
                text, room = text.replace(written, link, 1), room - more
        made.append(_with(block, text) if text else block)
    return made


def in_report(report: Report) -> dict[str, Place]:
    """Where each resource is that a card may name: targets, what was made, what is left alone."""
    named = {row.step.target.id: row.step.target.place for row in report.steps}
    named |= {row.result: row.step.target.place for row in report.steps if row.result}
    return (in_plan(report.operation.plan) if report.operation.plan else {}) | named


def in_plan(plan: Plan) -> dict[str, Place]:
    """Where each resource is that a plan names."""
    return _places([*(step.target for step in plan.steps[:50]), *(left.target for left in plan.left[:50])])


def _places(resources: Iterable[Resource]) -> dict[str, Place]:
    return {one.id: one.place for one in resources}


def _links(text: str, named: Mapping[str, Place]) -> Iterable[tuple[str, str]]:
    for name, place in named.items():
        url = address(name, place.region)
        if url and code(name, 60) in text:
            yield code(name, 60), f"<{url}|{name}>"


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
