"""Cost Explorer's answers in pages of so many groups; a page may end in the midst of a period."""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from moto.core.exceptions import JsonRESTError

_CHANGED = (
    "Your request parameters changed between pages. Try again with the old parameters or without a "
    "pagination token."
)


def page(
    results: Sequence[Mapping[str, Any]], asked: Mapping[str, Any], size: int | None
) -> tuple[list[Mapping[str, Any]], str]:
    """Return the periods of one page with their groups, and the token of the next; "" at the end.

    A period without groups counts as one, so that it comes once.
    """
    start = _start(asked)
    end = start + (size or 10**9)
    kept: list[Mapping[str, Any]] = []
    at = 0
    for result in results:
        groups = max(1, len(result["Groups"]))
        first, last = max(start - at, 0), min(end - at, groups)
        if first < last:
            kept.append({**result, "Groups": result["Groups"][first:last]})
        at += groups
    return kept, f"{_print(asked)}-{end}" if end < at else ""


def _start(asked: Mapping[str, Any]) -> int:
    """Where the page begins that a token is for; a token is for one request, all of its pages."""
    token = asked.get("NextPageToken")
    if token is None:
        return 0
    mark, _, at = token.rpartition("-")
    if not mark or not at.isdigit():
        raise JsonRESTError("InvalidNextTokenException", "The pagination token is invalid.")
    if mark != _print(asked):
        raise JsonRESTError("RequestChangedException", _CHANGED)
    return int(at)


def _print(asked: Mapping[str, Any]) -> str:
    same = {name: value for name, value in asked.items() if name != "NextPageToken"}
    return sha256(json.dumps(same, sort_keys=True).encode()).hexdigest()[:16]
