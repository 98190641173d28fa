"""The small words a limit is written in: text of so many characters, a list of so many items, a shape.

A rule takes a value and its JSON pointer, and yields what is wrong with it in Slack's own words.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import TypeAlias

Rule: TypeAlias = Callable[[object, str], Iterator[str]]


def at(words: str, pointer: str) -> str:
    """Return a complaint as Slack writes it."""
    return f"{words} [json-pointer:{pointer}]"


def anything(_value: object, _pointer: str) -> Iterator[str]:
    """Accept every value: the local Slack does not look closer here."""
    yield from ()


def string(most: int = 100_000, least: int = 0) -> Rule:
    """Accept a string of least..most characters."""

    def check(value: object, pointer: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield at("must provide a string", pointer)
        elif len(value) > most:
            yield at(f"must be less than {most + 1} characters", pointer)
        elif len(value) < least:
            yield at(f"must be more than {least - 1} characters", pointer)

    return check


def choice(*values: str) -> Rule:
    """Accept one of these words."""

    def check(value: object, pointer: str) -> Iterator[str]:
        if value not in values:
            yield at(f"must be a valid enum value: {', '.join(values)}", pointer)

    return check


def flag(value: object, pointer: str) -> Iterator[str]:
    """Accept true or false."""
    if not isinstance(value, bool):
        yield at("must provide a boolean", pointer)


def number(most: int, least: int = 0) -> Rule:
    """Accept a whole number of least..most."""

    def check(value: object, pointer: str) -> Iterator[str]:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            yield at(f"must be a number from {least} to {most}", pointer)

    return check


def items(rule: Rule, most: int, least: int = 1) -> Rule:
    """Accept a list of least..most things."""

    def check(value: object, pointer: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield at("must provide an array", pointer)
        elif len(value) > most:
            yield at(f"no more than {most} items allowed", pointer)
        elif len(value) < least:
            yield at(f"must contain at least {least} item", pointer)
        else:
            for index, item in enumerate(value):
                yield from rule(item, f"{pointer}/{index}")

    return check


def shape(needs: Mapping[str, Rule], may: Mapping[str, Rule] | None = None) -> Rule:
    """Accept an object with these fields and no other; `type` is looked at elsewhere."""
    known = {"type": anything, **needs, **(may or {})}

    def check(value: object, pointer: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield at("must provide an object", pointer)
            return
        for field in needs:
            if field not in value:
                yield at(f"missing required field: {field}", pointer)
        for field, inner in value.items():
            if field not in known:
                yield at(f"invalid additional property: {field}", pointer)
            elif inner is not None:
                yield from known[field](inner, f"{pointer}/{field}")

    return check


def text(most: int, kinds: Collection[str] = ("plain_text", "mrkdwn"), least: int = 1) -> Rule:
    """Accept a text object of one of these kinds; 1..most characters."""
    inner = shape({"text": string(most, least)}, {"emoji": flag, "verbatim": flag})

    def check(value: object, pointer: str) -> Iterator[str]:
        yield from inner(value, pointer)
        if isinstance(value, dict) and value.get("type") not in kinds:
            yield at(f"must be of type {' or '.join(kinds)}", f"{pointer}/type")

    return check


def by_type(kinds: Mapping[str, Rule]) -> Rule:
    """Accept an object whose `type` is one of these, by that type's rule."""

    def check(value: object, pointer: str) -> Iterator[str]:
        kind = value.get("type") if isinstance(value, dict) else None
        if not isinstance(kind, str) or kind not in kinds:
            yield at(f"unsupported type: {kind}", f"{pointer}/type")
        else:
            yield from kinds[kind](value, pointer)

    return check
