"""JSON answers, read fast where nothing in them has to be converted.

botocore walks through every answer by its shape, to make moments of timestamps and bytes of blobs.  Where a
shape has neither, what Python reads is what botocore gives: of Cost Explorer in a fifth of the time.
A member that botocore does not know stays in it.
"""

import json
from collections.abc import Callable, Collection, Mapping
from typing import Any

from botocore.model import ListShape, MapShape, Shape, StructureShape
from botocore.parsers import JSONParser

from aws.cost_groups import Packing

_PLAIN = {"boolean", "double", "float", "integer", "long", "string"}

Hook = Callable[[dict[str, Any]], dict[str, Any]]
_HOOKS: Mapping[str, Callable[[], Hook]] = {"GetCostAndUsageResponse": lambda: Packing().pack}
"""By the name of a shape: what makes something smaller of each object in it."""


class PlainParser(JSONParser):
    """botocore's parser; it looks at each shape once."""

    def __init__(self, **defaults: Any) -> None:
        super().__init__(**defaults)
        self._plain: dict[Shape, bool] = {}

    def _handle_json_body(self, raw_body: bytes, shape: Shape) -> Any:
        if b"null" not in raw_body and self._is_plain(shape):  # botocore leaves out what is null
            hook = _HOOKS.get(shape.name)
            try:
                return json.loads(raw_body, object_hook=hook() if hook else None)
            except ValueError:
                pass  # what is no JSON is botocore's to judge
        return super()._handle_json_body(raw_body, shape)  # type: ignore[misc]  # private, so its stub does not have it

    def _is_plain(self, shape: Shape) -> bool:
        if (known := self._plain.get(shape)) is None:
            known = self._plain[shape] = is_plain(shape)
        return known


def is_plain(shape: Shape, above: Collection[str] = ()) -> bool:
    """Whether what JSON says of a shape is what botocore makes of it."""
    if shape.name in above:
        return True
    inside = (*above, shape.name)
    match shape:
        case StructureShape():
            return _is_ordinary(shape) and all(is_plain(one, inside) for one in shape.members.values())
        case ListShape():
            return is_plain(shape.member, inside)
        case MapShape():
            return is_plain(shape.key, inside) and is_plain(shape.value, inside)
        case _:
            return shape.type_name in _PLAIN


def _is_ordinary(shape: StructureShape) -> bool:
    """Whether its members are called as in JSON, and are all there can be."""
    renamed = any("name" in one.serialization for one in shape.members.values())
    return not (renamed or shape.is_document_type or shape.is_tagged_union or shape.event_stream_name)
