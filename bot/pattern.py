"""EventBridge's pattern language: whether an event fits.  Pure.

Source: "Comparison operators for use in event patterns" (EventBridge user guide).  No library for it is kept
up any more, and what toban needs of it is this page.
"""

import ipaddress
import re
from collections.abc import Callable, Mapping
from typing import Any

from bot.arguments import UsageError
from bot.words import words

Pattern = Mapping[str, Any]
_NUMERIC: Mapping[str, Callable[[float, float], bool]] = {
    "=": lambda one, other: one == other,
    "<": lambda one, other: one < other,
    "<=": lambda one, other: one <= other,
    ">": lambda one, other: one > other,
    ">=": lambda one, other: one >= other,
}
_OR = "$or"
_ABSENT = object()


def fits(pattern: Pattern, event: Any) -> bool:
    """Whether every field of the pattern fits the event; a list in the event fits by any of its members."""
    if not isinstance(event, Mapping):
        return False
    return all(
        any(fits(one, event) for one in wanted) if name == _OR else _field(wanted, event.get(name, _ABSENT))
        for name, wanted in pattern.items()
    )


def check(pattern: Any, where: str = "") -> None:
    """Raise UsageError for what is no pattern; `where` is the field that it stands under."""
    if not isinstance(pattern, Mapping) or not pattern:
        raise UsageError(
            words("{where} wants an object with at least one field.", where=where or "the pattern")
        )
    for name, wanted in pattern.items():
        here = f"{where}.{name}" if where else str(name)
        if name == _OR:
            if not isinstance(wanted, list) or len(wanted) < 2:
                raise UsageError(words("{where} wants a list of at least two patterns.", where=here))
            for one in wanted:
                check(one, here)
        elif isinstance(wanted, Mapping):
            check(wanted, here)
        else:
            _check_values(wanted, here)


def _check_values(wanted: Any, where: str) -> None:
    if not isinstance(wanted, list) or not wanted:
        raise UsageError(words('{where} wants a list of values, such as ["x"].', where=where))
    for value in wanted:
        if isinstance(value, Mapping):
            _check_test(value, where)
        elif isinstance(value, list):
            raise UsageError(words("{where} has a list within a list.", where=where))
        elif not isinstance(value, str | int | float | None):
            raise UsageError(
                words("{where}: {what} is nothing that an event holds.", where=where, what=f"{value}"[:80])
            )


def _check_test(test: Mapping[str, Any], where: str) -> None:
    if len(test) != 1 or next(iter(test)) not in _TESTS:
        raise UsageError(
            words(
                "{where}: “{name}” is no comparison; there are {known}.",
                where=where,
                name=", ".join(map(str, test)),
                known=", ".join(sorted(_TESTS)),
            )
        )
    ((name, wanted),) = test.items()
    if not _SHAPES[name](wanted):
        raise UsageError(
            words(
                "{where}: “{name}” cannot compare with {what}.",
                where=where,
                name=name,
                what=f"{wanted!r}"[:80],
            )
        )


def _field(wanted: Any, value: Any) -> bool:
    if isinstance(wanted, Mapping):
        many = value if isinstance(value, list) else [value]
        return any(fits(wanted, one) for one in many)
    values = value if isinstance(value, list) and value else [_ABSENT if value == [] else value]
    return any(_value(test, one) for test in wanted for one in values)


def _value(test: Any, value: Any) -> bool:
    if isinstance(test, Mapping):
        return all(_TESTS[name](wanted, value) for name, wanted in test.items())
    if value is _ABSENT:
        return False
    return (type(test) is type(value) and bool(test == value)) or _same_number(test, value)


def _same_number(test: Any, value: Any) -> bool:
    numbers = (int, float)
    return (
        isinstance(test, numbers)
        and isinstance(value, numbers)
        and not isinstance(test, bool)
        and not isinstance(value, bool)
        and test == value
    )


# -- comparisons -----------------------------------------------------------------------------------------


def _text(do: Callable[[str, str], bool]) -> Callable[[Any, Any], bool]:
    """A comparison of texts; with {"equals-ignore-case": …} whatever the case."""

    def test(wanted: Any, value: Any) -> bool:
        if not isinstance(value, str):
            return False
        if isinstance(wanted, Mapping):
            return do(wanted[_IGNORE].casefold(), value.casefold())
        return do(wanted, value)

    return test


def _anything_but(wanted: Any, value: Any) -> bool:
    if value is _ABSENT:
        return False
    if isinstance(wanted, Mapping):
        ((name, inner),) = wanted.items()
        return not any(_TESTS[name](one, value) for one in _listed(inner))
    return not any(_value(one, value) for one in _listed(wanted))


def _listed(wanted: Any) -> list[Any]:
    return wanted if isinstance(wanted, list) else [wanted]


def _numeric(wanted: Any, value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    pairs = zip(wanted[::2], wanted[1::2], strict=True)
    return all(_NUMERIC[sign](value, number) for sign, number in pairs)


def _cidr(wanted: Any, value: Any) -> bool:
    try:
        return isinstance(value, str) and ipaddress.ip_address(value) in ipaddress.ip_network(
            wanted, strict=False
        )
    except ValueError:
        return False


def _wildcard(wanted: str, value: str) -> bool:
    return re.fullmatch(".*".join(map(re.escape, wanted.split("*"))), value, re.DOTALL) is not None


def _exists(wanted: Any, value: Any) -> bool:
    return (value is not _ABSENT) is wanted


_IGNORE = "equals-ignore-case"
_TESTS: Mapping[str, Callable[[Any, Any], bool]] = {
    "prefix": _text(lambda wanted, value: value.startswith(wanted)),
    "suffix": _text(lambda wanted, value: value.endswith(wanted)),
    "wildcard": _text(_wildcard),
    _IGNORE: _text(lambda wanted, value: wanted.casefold() == value.casefold()),
    "anything-but": _anything_but,
    "numeric": _numeric,
    "cidr": _cidr,
    "exists": _exists,
}


def _is_text(wanted: Any) -> bool:
    return isinstance(wanted, str)


def _is_text_or_case(wanted: Any) -> bool:
    return _is_text(wanted) or (
        isinstance(wanted, Mapping) and set(wanted) == {_IGNORE} and _is_text(wanted[_IGNORE])
    )


def _is_excluded(wanted: Any) -> bool:
    if isinstance(wanted, Mapping):
        ((name, inner),) = wanted.items() if len(wanted) == 1 else (("", None),)
        texts = _listed(inner)
        known = name in {"prefix", "suffix", "wildcard", _IGNORE}
        return known and bool(texts) and all(map(_is_text, texts))
    return bool(_listed(wanted)) and all(isinstance(one, str | int | float) for one in _listed(wanted))


def _is_range(wanted: Any) -> bool:
    if not isinstance(wanted, list) or len(wanted) not in {2, 4}:
        return False
    numbers = wanted[1::2]
    return all(isinstance(one, str) and one in _NUMERIC for one in wanted[::2]) and all(
        isinstance(one, int | float) and not isinstance(one, bool) for one in numbers
    )


def _is_network(wanted: Any) -> bool:
    try:
        return isinstance(wanted, str) and bool(ipaddress.ip_network(wanted, strict=False))
    except ValueError:
        return False


_SHAPES: Mapping[str, Callable[[Any], bool]] = {
    "prefix": _is_text_or_case,
    "suffix": _is_text_or_case,
    "wildcard": _is_text,
    _IGNORE: _is_text,
    "anything-but": _is_excluded,
    "numeric": _is_range,
    "cidr": _is_network,
    "exists": lambda wanted: isinstance(wanted, bool),
}
