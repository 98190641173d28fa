"""What Slack adds to blocks on their way in: ids for those that have none, and emoji in plain text."""

import secrets
from collections.abc import Iterator

from playground.slack.shapes import Json, as_list, as_object

STILL = {"image", "mrkdwn", "plain_text"}  # they stand among elements and do nothing


def dressed(blocks: list[Json]) -> list[Json]:
    """Return the blocks as Slack keeps them: every block with a block_id, every element with an action_id."""
    return [_dressed_block(block) for block in blocks]


def elements(block: Json) -> Iterator[Json]:
    """Yield the interactive elements of a block, and of the blocks within it."""
    found = [
        *as_list(block.get("elements")),
        as_object(block.get("accessory")),
        as_object(block.get("element")),
    ]
    found += as_list(block.get("actions"))
    if block.get("type") != "rich_text":
        yield from (each for each in found if each and each.get("type") not in STILL | {"card"})
    for inner in [
        *as_list(block.get("child_blocks")),
        *(each for each in found if each.get("type") == "card"),
    ]:
        yield from elements(inner)


def _dressed_block(block: Json) -> Json:
    copy: Json = _copied(block)
    copy.setdefault("block_id", secrets.token_urlsafe(4))
    for inner in as_list(copy.get("child_blocks")):
        inner.setdefault("block_id", secrets.token_urlsafe(4))
    for element in elements(copy):
        element.setdefault("action_id", secrets.token_urlsafe(4))
    return copy


def _copied(value: object) -> Json:
    return as_object(_copy(value))


def _copy(value: object) -> object:
    if isinstance(value, dict):
        made = {key: _copy(inner) for key, inner in value.items() if inner is not None}
        return {**made, "emoji": made.get("emoji", True)} if made.get("type") == "plain_text" else made
    return [_copy(inner) for inner in value] if isinstance(value, list) else value
