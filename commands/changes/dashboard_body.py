"""A dashboard's body without the metrics of instances that are gone.  Pure.

Source: "Dashboard body structure and syntax" (CloudWatch User Guide).  A metric is an array: namespace, name,
names and values of dimensions, and at the end perhaps an object of options.  "." stands for what the metric
before has at that position, "..." for all that it begins with.  An array of options alone is a metric math
expression; it stands between metrics without being one.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

DIMENSION = "InstanceId"
SAME, ALL_THE_SAME = ".", "..."
_ALL = "METRICS"  # the function of metric math that takes every metric of its widget
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Gone:
    """Instances that are gone, and where that is known."""

    ids: frozenset[str]
    regions: frozenset[str]
    account: str  # twelve digits


@dataclass(frozen=True, slots=True)
class Without:
    """What is left of a body."""

    body: str  # the very same text where nothing was taken out
    metrics: int = 0  # taken out
    shown: int = 0  # widgets that are left
    counted: tuple[str, ...] = ()  # titles or numbers of widgets left as they are, for an expression


@dataclass(frozen=True, slots=True)
class _Metric:
    """An entry of a widget's metrics."""

    written: Sequence[Any]
    items: tuple[str, ...]  # without shorthand; none for an expression
    options: Mapping[str, Any]


def without(body: str, gone: Gone) -> Without:
    """The body without the metrics of what is gone, and without widgets that show nothing then."""
    whole = _read(body)
    if whole is None:
        return Without(body)
    kept: list[Any] = []
    metrics, counted = 0, list[str]()
    for number, widget in enumerate(whole["widgets"], start=1):
        every = _metrics(widget)
        dead = [one for one in every if _is_about(one, widget["properties"], gone)]
        if not dead:
            kept.append(widget)
        elif _count_with(every, dead):
            kept.append(widget)
            counted.append(_title(widget, number))
        else:
            metrics += len(dead)
            kept += _with(widget, list(_written(every, dead)))
    written = json.dumps({**whole, "widgets": kept}, ensure_ascii=False, separators=(",", ":"))
    return Without(written if metrics else body, metrics, len(kept), tuple(counted))


def meant(body: str) -> tuple[int, str]:
    """How many widgets a body has, and what it means in a text that is the same for the same meaning."""
    whole = _read(body)
    return (0, body) if whole is None else (len(whole["widgets"]), json.dumps(whole, sort_keys=True))


def _read(body: str) -> dict[str, Any] | None:
    try:
        whole = json.loads(body)
    except ValueError:
        return None
    is_known = isinstance(whole, dict) and isinstance(whole.get("widgets"), list)
    return whole if is_known else None


def _metrics(widget: Any) -> list[_Metric]:
    """The metrics of a widget; none where it has none, or writes them in a way that is not known here."""
    if not isinstance(widget, dict) or widget.get("type") != "metric":
        return []
    properties = widget.get("properties")
    rows = properties.get("metrics") if isinstance(properties, dict) else None
    found: list[_Metric] = []
    last: tuple[str, ...] = ()
    for row in rows if isinstance(rows, list) else ():
        one = _metric(row, last)
        if one is None:
            return []
        found.append(one)
        last = one.items or last
    return found


def _metric(row: Any, last: tuple[str, ...]) -> _Metric | None:
    if not isinstance(row, list) or not row:
        return None
    options = row[-1] if isinstance(row[-1], dict) else {}
    items = row[:-1] if isinstance(row[-1], dict) else row
    if not all(isinstance(one, str) for one in items):
        return None
    full = _expanded(items, last)
    return None if full is None else _Metric(row, full, options)


def _expanded(items: Sequence[str], last: tuple[str, ...]) -> tuple[str, ...] | None:
    """A metric without shorthand; None where that does not come to one."""
    if items and items[0] == ALL_THE_SAME:
        rest = items[1:]
        if len(rest) >= len(last):
            return None
        items = [*last[: len(last) - len(rest)], *rest]
    if any(one == SAME for one in items[len(last) :]):
        return None
    full = tuple(last[at] if one == SAME else one for at, one in enumerate(items))
    return None if len(full) % 2 or ALL_THE_SAME in full else full


def _is_about(one: _Metric, properties: Mapping[str, Any], gone: Gone) -> bool:
    """Whether it is of an instance that is gone, of this account and of a region that was read."""
    of = {"accountId": gone.account, **properties, **one.options}
    if of["accountId"] != gone.account or of.get("region") not in gone.regions:
        return False
    pairs = zip(one.items[2::2], one.items[3::2], strict=True)
    return any(name == DIMENSION and value in gone.ids for name, value in pairs)


def _count_with(every: Sequence[_Metric], dead: Sequence[_Metric]) -> bool:
    """Whether a metric math expression of the widget takes a metric that would go."""
    ids = {_ALL, *(str(one.options["id"]) for one in dead if "id" in one.options)}
    told = (str(one.options.get("expression", "")) for one in every)
    return any(ids & set(_WORD.findall(one)) for one in told)


def _written(every: Sequence[_Metric], dead: Sequence[_Metric]) -> Iterator[Sequence[Any]]:
    """What stays, as it was written; without shorthand where that would now stand for something else."""
    last: tuple[str, ...] = ()
    for one in every:
        if one in dead:
            continue
        short = [item for item in one.written if isinstance(item, str)]
        same = _expanded(short, last) == one.items
        yield one.written if same else [*one.items, *([one.options] if one.options else [])]
        last = one.items or last


def _with(widget: Mapping[str, Any], rows: Sequence[Any]) -> list[Mapping[str, Any]]:
    """The widget with these metrics; without any it stays for its alarm only, or not at all."""
    properties = dict(widget["properties"])
    if rows:
        return [{**widget, "properties": {**properties, "metrics": rows}}]
    annotations = properties.get("annotations")
    if not (isinstance(annotations, dict) and annotations.get("alarms")):
        return []
    del properties["metrics"]
    return [{**widget, "properties": properties}]


def _title(widget: Mapping[str, Any], number: int) -> str:
    return str(widget["properties"].get("title") or f"#{number}")
