"""The content of a message as an app sends it, by the Web API, a response_url or an acknowledgement."""

from dataclasses import dataclass, field

from playground.slack.dressing import dressed
from playground.slack.errors import Refusal
from playground.slack.limits.messages import TEXT, check_attachments, check_blocks, check_size
from playground.slack.shapes import Json, decoded

TRUNCATED = "message_truncated"


@dataclass(frozen=True, slots=True)
class Content:
    """Text, blocks and attachments within Slack's limits; `has` names those that were sent at all."""

    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    warnings: tuple[str, ...] = ()
    has: frozenset[str] = frozenset()


def read_content(args: Json, *, sized: bool = True) -> Content:
    """Return what these arguments want to say.

    Raises Refusal no_text, invalid_blocks, invalid_blocks_format, invalid_attachments,
    too_many_attachments, msg_blocks_too_long (when sized), invalid_metadata_format, invalid_metadata_schema.
    """
    text = args.get("text") or ""
    blocks = _list(args.get("blocks"), "invalid_blocks_format")
    attachments = _list(args.get("attachments"), "invalid_attachments")
    if not isinstance(text, str) or not (text or blocks or attachments):
        raise Refusal("no_text")
    check_blocks(blocks)
    check_attachments(attachments)
    if sized:
        check_size(blocks)
    has = frozenset(
        name for name in ("text", "blocks", "attachments", "metadata") if args.get(name) is not None
    )
    warnings = (TRUNCATED,) if len(text) > TEXT else ()
    metadata = read_metadata(args.get("metadata"))
    return Content(text[:TEXT], dressed(blocks), _dressed(attachments), metadata, warnings, has)


def read_metadata(value: object) -> Json | None:
    """Return message metadata.  Raises Refusal invalid_metadata_format or invalid_metadata_schema."""
    if value is None or value == "":
        return None
    try:
        found = decoded(value)
    except ValueError:
        raise Refusal("invalid_metadata_format") from None
    if not isinstance(found, dict):
        raise Refusal("invalid_metadata_format")
    if not isinstance(found.get("event_type"), str) or not isinstance(found.get("event_payload"), dict):
        raise Refusal("invalid_metadata_schema")
    return found


def _list(value: object, code: str) -> list[Json]:
    if value is None or value == "":
        return []
    try:
        found = decoded(value)
    except ValueError:
        raise Refusal(code) from None
    if not isinstance(found, list):
        raise Refusal(code)
    return found


def _dressed(attachments: list[Json]) -> list[Json]:
    return [{**each, "blocks": dressed(each["blocks"])} if "blocks" in each else each for each in attachments]
