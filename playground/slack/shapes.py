"""The shape of what travels: JSON objects, checked where they come in."""

import json
from typing import Any, TypeAlias

# Any: blocks and payloads are other people's JSON; limits/ checks them before anything is kept.
Json: TypeAlias = dict[str, Any]


def as_object(value: object) -> Json:
    """Return value when it is a JSON object, else an empty one."""
    return value if isinstance(value, dict) else {}


def as_list(value: object) -> list[Json]:
    """Return the JSON objects of value when it is a list, else nothing."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def decoded(value: object) -> object:
    """Return value, read as JSON when it is text.  Raises ValueError when that cannot be done."""
    return json.loads(value) if isinstance(value, str) else value
