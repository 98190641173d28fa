"""What a request of Cost Explorer's means for lines of a bill: which it wants, and how they are grouped.

The refusals are worded as AWS words them, where its words are known.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from operator import attrgetter
from typing import Any

from playground.aws.bill import Line

Keys = tuple[str, ...]
DIMENSIONS: Mapping[str, Callable[[Line], str]] = {
    "SERVICE": attrgetter("service"),
    "LINKED_ACCOUNT": attrgetter("account"),
    "REGION": attrgetter("region"),
    "USAGE_TYPE": attrgetter("usage"),
    "RECORD_TYPE": attrgetter("kind"),
}
METRICS: Mapping[str, Callable[[Line], Decimal]] = {
    "AmortizedCost": attrgetter("amortized"),
    "BlendedCost": attrgetter("amount"),
    "NetAmortizedCost": attrgetter("amortized"),  # nobody has given the company a discount
    "NetUnblendedCost": attrgetter("amount"),
    "UnblendedCost": attrgetter("amount"),
}
_ROOTS = ("And", "Or", "Not", "Dimensions", "Tags", "CostCategories")
_ONE_ROOT = (
    "Expression has more than one roots. Only one root operator is allowed for each expression: "
    "And, Or, Not, Dimensions, Tags, CostCategories"
)


class QueryRefused(ValueError):
    """What AWS answers with ValidationException."""


def wanted(expression: Mapping[str, Any] | None) -> Callable[[Line], bool]:
    """Return what tells the lines that a filter lets through.  Raises QueryRefused."""
    if expression is None:
        return lambda _line: True
    roots = [name for name in _ROOTS if name in expression]
    if len(roots) != 1:
        raise QueryRefused(_ONE_ROOT if roots else "Expression must have one root operator.")
    [root] = roots
    inner = expression[root]
    if root == "Not":
        unwanted = wanted(inner)
        return lambda line: not unwanted(line)
    if root in {"And", "Or"}:
        return _joined(root, inner)
    value_of, values = _value(root, inner["Key"]), _values(inner)
    return lambda line: value_of(line) in values


def _joined(root: str, inner: Sequence[Mapping[str, Any]]) -> Callable[[Line], bool]:
    if len(inner) < 2:
        raise QueryRefused(f"{root} expression must have at least 2 operands")
    each, join = [wanted(one) for one in inner], all if root == "And" else any
    return lambda line: join(one(line) for one in each)


def _values(inner: Mapping[str, Any]) -> frozenset[str]:
    """Raises NotImplementedError for a way of matching that nobody here uses."""
    options = set(inner.get("MatchOptions", ()))
    if options - {"EQUALS", "CASE_SENSITIVE"}:
        if options == {"ABSENT"}:
            return frozenset({""})
        raise NotImplementedError(f"MatchOptions {sorted(options)}")
    if not inner.get("Values"):
        raise QueryRefused("Values should not be empty.")
    return frozenset(inner["Values"])


def _value(kind: str, key: str) -> Callable[[Line], str]:
    """What a line has under this key.  Raises NotImplementedError for what these lines do not tell."""
    if kind in {"Tags", "TAG"}:
        return lambda line: line.team if key == "team" else ""
    if kind in {"Dimensions", "DIMENSION"} and key in DIMENSIONS:
        return DIMENSIONS[key]
    raise NotImplementedError(f"{kind} {key}")


def key_of(groups: Sequence[Mapping[str, str]]) -> Callable[[Line], Keys]:
    """Return what gives the keys of the group that a line belongs to.  Raises QueryRefused."""
    if len(groups) > 2:
        raise QueryRefused("Group Definition is invalid. At most two group definitions are allowed.")
    parts = [_part(one.get("Type", ""), one.get("Key", "")) for one in groups]
    return lambda line: tuple(part(line) for part in parts)


def _part(kind: str, key: str) -> Callable[[Line], str]:
    if not kind or not key:
        raise QueryRefused(
            "Group Definition is invalid. Both type an key need to be set to a non-empty value."
        )
    if kind not in {"DIMENSION", "TAG", "COST_CATEGORY"}:
        raise QueryRefused("Group Definition type is invalid.")
    value_of = _value(kind, key)
    return (lambda line: f"{key}${value_of(line)}") if kind == "TAG" else value_of


def grouped(lines: Iterable[Line], key: Callable[[Line], Keys]) -> dict[Keys, list[Line]]:
    """The lines by group, in the groups' order."""
    found: dict[Keys, list[Line]] = {}
    for line in lines:
        found.setdefault(key(line), []).append(line)
    return dict(sorted(found.items()))


def sums(lines: Iterable[Line], metrics: Iterable[str], currency: str) -> dict[str, dict[str, str]]:
    """What lines come to, by metric, as AWS writes it.  Raises NotImplementedError for quantities."""
    every = list(lines)
    return {name: {"Amount": written(_sum(every, name)), "Unit": currency} for name in metrics}


def _sum(lines: Iterable[Line], metric: str) -> Decimal:
    if metric not in METRICS:
        raise NotImplementedError(f"the metric {metric}")
    return sum(map(METRICS[metric], lines), Decimal(0))


def written(amount: Decimal) -> str:
    """Write an amount as AWS does: plain, without zeros that say nothing."""
    text = f"{amount:f}"
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text
