"""Wrong shapes of something that was right: parts missing, of another type, huge, or somebody else's."""

import copy
import json
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

GONE = object()
HUGE = "x" * 20_000
STRANGERS = ("U0ITO", "U0KATO", "U0NOBODY", "W0GRID", "T0ELSEWHERE", "C0RANDOM", "C0NOWHERE", "USLACKBOT")
"""Nobody of them may change anything."""
FOREIGN = (
    "{}",
    "null",
    "[1]",
    "[" * 5000,
    '{"op": 1}',
    '{"op": "1", "hash": "x"}',
    '{"op": true, "hash": "x"}',
    '{"op": 1, "hash": ""}',
    '{"op": 1, "hash": 7}',
    '{"op": 1e400, "hash": "x"}',
    '{"op": -1, "hash": "x"}',
    '{"op": 99999999999999999999, "hash": "x"}',
    '{"op": 1, "hash": "' + "0" * 64 + '"}',
    '{"op": 77, "hash": "' + "f" * 64 + '"}',
    '{"op": 1, "hash": "x", "channel": ["C0OPS"]}',
)
"""Values of buttons and forms that were never ours."""
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
REPLACEMENTS = st.one_of(
    st.just(GONE), st.just(HUGE), st.sampled_from(STRANGERS), st.sampled_from(FOREIGN), JSON
)
Path = tuple[str | int, ...]


@st.composite
def mutated(draw: st.DrawFn, body: Any) -> Any:
    """This body with one to four of its parts replaced."""
    changed = copy.deepcopy(body)
    for path in draw(st.lists(st.sampled_from(list(paths(body))), min_size=1, max_size=4)):
        put(changed, path, draw(REPLACEMENTS))
    json.dumps(changed)  # it must be something that can travel
    return changed


def paths(value: Any) -> Iterator[Path]:
    """The way to every part of a body."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in parts:
        yield (key,)
        yield from ((key, *rest) for rest in paths(inner))


def put(value: Any, path: Path, new: object) -> None:
    """Replace the part at this path, unless an earlier change took its place away."""
    *above, last = path
    try:
        for key in above:
            value = value[key]
        if new is GONE:
            del value[last]
        else:
            value[last] = new
    except (LookupError, TypeError):
        return
