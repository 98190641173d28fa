"""What a form (modal) and a home tab may hold.

Source: Slack's pages "Modal views", "Home tab views", "views.open" (a view is at most 250 kB).
"""

import json
from collections.abc import Iterator

from playground.slack.errors import Refusal
from playground.slack.limits.blocks import EVERYWHERE, ONLY_MODALS
from playground.slack.limits.messages import twice
from playground.slack.limits.options import PLAIN
from playground.slack.limits.rules import Rule, at, by_type, flag, items, shape, string, text
from playground.slack.shapes import Json, as_list, as_object

BLOCKS, TITLE, PRIVATE_METADATA, BYTES = 100, 24, 3000, 250_000

_common: dict[str, Rule] = {
    "private_metadata": string(PRIVATE_METADATA),
    "callback_id": string(255),
    "external_id": string(255),
}
modal = shape(
    {"title": text(TITLE, PLAIN), "blocks": items(by_type({**EVERYWHERE, **ONLY_MODALS}), BLOCKS)},
    {
        **_common,
        "submit": text(TITLE, PLAIN),
        "close": text(TITLE, PLAIN),
        "clear_on_close": flag,
        "notify_on_close": flag,
        "submit_disabled": flag,
    },
)
home = shape({"blocks": items(by_type(EVERYWHERE), BLOCKS)}, {**_common, "title": text(TITLE, PLAIN)})


def check_view(view: object, kind: str) -> None:
    """Raise Refusal invalid_arguments or view_too_large when Slack would not show this modal or home."""
    wrong = list(_wrong(view, kind))
    if wrong:
        raise Refusal("invalid_arguments", wrong)
    if len(json.dumps(view, ensure_ascii=False).encode()) > BYTES:
        raise Refusal("view_too_large")


def _wrong(view: object, kind: str) -> Iterator[str]:
    if as_object(view).get("type") != kind:
        yield at(f"must be a valid enum value: {kind}", "/view/type")
        return
    yield from (modal if kind == "modal" else home)(view, "/view")
    blocks = as_list(as_object(view).get("blocks"))
    yield from twice(blocks, "/view/blocks")
    if kind == "modal" and as_object(view).get("submit") is None and _asks(blocks):
        yield at("must define `submit` to use an `input` block in modals", "/view")


def _asks(blocks: list[Json]) -> bool:
    return any(block.get("type") == "input" for block in blocks)
