"""What a message may hold.

Source: Slack's pages "chat.postMessage", "chat.update", "Truncating really long messages".  That all
blocks together may hold about 10,000 characters of text stands on no page: people measured 9,597
accepted and 11,341 refused (msg_blocks_too_long), so the local Slack draws the line between.
"""

from collections.abc import Iterator

from playground.slack.errors import Refusal
from playground.slack.limits.blocks import EVERYWHERE, ONLY_MESSAGES
from playground.slack.limits.charts import too_many
from playground.slack.limits.rules import at, by_type, items
from playground.slack.limits.tables import characters
from playground.slack.shapes import Json, as_list

BLOCKS, ATTACHMENTS, TEXT, EDITED_TEXT, TEXT_IN_BLOCKS = 50, 100, 40_000, 4_000, 10_000

_in_message = items(by_type({**EVERYWHERE, **ONLY_MESSAGES}), BLOCKS, least=0)


def check_blocks(blocks: object, pointer: str = "/blocks") -> None:
    """Raise Refusal invalid_blocks_format or invalid_blocks when Slack would not show these in a message."""
    if not isinstance(blocks, list):
        raise Refusal("invalid_blocks_format")
    wrong = [*_in_message(blocks, pointer), *twice(blocks, pointer), *too_many(blocks, pointer)]
    if wrong:
        raise Refusal("invalid_blocks", wrong)


def check_size(blocks: list[Json]) -> None:
    """Raise Refusal msg_blocks_too_long when all blocks together hold too much text; tables count apart."""
    counted = [block for block in blocks if block.get("type") not in {"table", "data_table", "markdown"}]
    if characters(counted) > TEXT_IN_BLOCKS:
        raise Refusal("msg_blocks_too_long")


def check_attachments(attachments: object) -> None:
    """Raise Refusal invalid_attachments, too_many_attachments or invalid_blocks."""
    if not isinstance(attachments, list) or len(as_list(attachments)) < len(attachments):
        raise Refusal("invalid_attachments")
    if len(attachments) > ATTACHMENTS:
        raise Refusal("too_many_attachments")
    for index, attachment in enumerate(as_list(attachments)):
        check_blocks(attachment.get("blocks", []), f"/attachments/{index}/blocks")


def twice(blocks: list[Json], pointer: str) -> Iterator[str]:
    """Yield what Slack says about ids that should be different: of blocks, of actions within a block."""
    blocks = as_list(blocks)
    yield from _repeated([block.get("block_id") for block in blocks], "block_id", pointer)
    for index, block in enumerate(blocks):
        inner = [element.get("action_id") for element in as_list(block.get("elements"))]
        yield from _repeated(inner, "action_id", f"{pointer}/{index}/elements")


def _repeated(ids: list[object], name: str, pointer: str) -> Iterator[str]:
    seen: set[object] = set()
    for index, each in enumerate(ids):
        if isinstance(each, str) and each in seen:
            yield at(f"`{name}` must be unique: {each}", f"{pointer}/{index}/{name}")
        seen.add(each if isinstance(each, str) else None)
