"""What each kind of argument means: words to a value, and a value to words."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from bot.arguments import Kind, UsageError
from bot.grammar.duration import read_duration, write_duration
from bot.grammar.line import Line
from bot.grammar.little_words import is_little
from bot.grammar.quoting import in_marks, quote
from bot.grammar.slot import Slot
from bot.grammar.suggest import hint
from bot.grammar.targets import read_targets, write_targets
from bot.grammar.times import read_moment, write_moment
from bot.grammar.token import Token
from bot.grammar.typography import plain, shown
from bot.grammar.when import read_times
from bot.moment import Moment
from bot.schedule import Times
from bot.words import Words, words

T = TypeVar("T")
_NUMBER = re.compile(r"[+-]?[0-9]{1,18}")
_PERSON = re.compile(r"<@([UW][A-Z0-9]+)>|([UW][A-Z0-9]{4,})")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What words may mean; from the config, and the schedules there are."""

    accounts: tuple[str, ...]
    regions: tuple[str, ...]
    schedules: Collection[str] = ()  # they come and go
    calendars: tuple[str, ...] = ()  # of office hours

    def of(self, slot: Slot) -> tuple[str, ...] | None:
        """The words this argument is one of, or None when it is not of that kind."""
        match slot.declared.kind:
            case Kind.ACCOUNT:
                return self.accounts
            case Kind.REGION:
                return self.regions
            case Kind.SCHEDULE:
                return tuple(self.schedules)
            case Kind.CALENDAR:
                return self.calendars
            case Kind.CHOICE:
                return slot.declared.choices
            case _:
                return None


def read_value(slot: Slot, tokens: Sequence[Token], line: Line, vocabulary: Vocabulary) -> Any:
    """The value of an argument from its words, of which there is at least one.

    Raises UsageError with what would be right.
    """
    match slot.declared.kind:
        case Kind.FLAG:
            return True
        case Kind.TARGETS:
            return read_targets(tokens, slot.declared.prefixes)
        case Kind.TEXT | Kind.LINE if slot.greedy:
            return line.spoken(tokens)
    known = vocabulary.of(slot)
    pieces = [piece for token in tokens for piece in token.pieces(",，、")] if known is not None else tokens
    values = tuple(_one(slot, piece, known) for piece in pieces)
    if not values:
        raise UsageError(no_value(slot))
    if slot.declared.many:
        return values if known is None else tuple(dict.fromkeys(values))
    if len(values) != 1:
        raise UsageError(words("{argument} takes one value.", argument=slot.label))
    return values[0]


def no_value(slot: Slot) -> Words:
    """The sentence for an argument that is named without a value."""
    return words("{argument} needs a value: {shape}", argument=slot.label, shape=slot.shape)


def write_value(slot: Slot, value: Any) -> tuple[str, ...]:
    """The canonical text of a value: one text for each time the argument is given."""
    if slot.declared.many and slot.declared.kind is not Kind.TARGETS:
        return tuple(_text(slot, each) for each in value)
    return (_text(slot, value),)


def _one(slot: Slot, token: Token, known: Sequence[str] | None) -> Any:
    if known is not None:
        return _known(slot, token, known)
    read = _READ.get(slot.declared.kind)
    return read(slot, token) if read else token.text


def _text(slot: Slot, value: Any) -> str:
    match slot.declared.kind:
        case Kind.TARGETS:
            return write_targets(value)
        case Kind.DURATION:
            return write_duration(value)
        case Kind.MOMENT:
            return write_moment(value)
        case Kind.PERSON:
            return f"<@{value}>"
        case Kind.WORD if is_little(value):
            return in_marks(value)
        case _:
            return quote(str(value))


def _known(slot: Slot, token: Token, known: Sequence[str]) -> str:
    by_form = {plain(name): name for name in known} | {name: name for name in known}
    found = by_form.get(token.text) or by_form.get(token.plain)
    if found is None:
        near = hint(token.text, known)
        word = shown(token.text)
        raise UsageError(
            words("{argument}: “{word}” is not known. {hint}", argument=slot.label, word=word, hint=near)
        )
    return found


def _number(slot: Slot, token: Token) -> int:
    if not _NUMBER.fullmatch(token.plain):
        word = shown(token.text)
        raise UsageError(words("{argument} is a number, not “{word}”.", argument=slot.label, word=word))
    return _within(slot, int(token.plain), int(token.plain))


def _duration(slot: Slot, token: Token) -> timedelta:
    span = read_duration(token.text)
    if span is None:
        word = shown(token.text)
        said = words(
            "{argument} is a time with its unit, such as 30s, 5m, 1h30m or 7d, not “{word}”.",
            argument=slot.label,
            word=word,
        )
        raise UsageError(said)
    return _within(slot, span, span.total_seconds())


def _moment(slot: Slot, token: Token) -> Moment:
    moment = read_moment(token.text)
    if moment is None:
        said = words(
            "{argument} is a time of day such as 22:00, or one of a date such as 2026-11-22T22:00,"
            " not “{word}”.",
            argument=slot.label,
            word=shown(token.text),
        )
        raise UsageError(said)
    return moment


def _times(slot: Slot, token: Token) -> Times:
    try:
        return read_times(token.text)
    except UsageError as error:
        raise UsageError(words("{place}: {why}", place=slot.label, why=error.said)) from error


def _person(slot: Slot, token: Token) -> str:
    match = _PERSON.fullmatch(token.text)
    if match is None:
        word = shown(token.text)
        raise UsageError(
            words("{argument} is a person, mentioned with @, not “{word}”.", argument=slot.label, word=word)
        )
    return str(match[1] or match[2])


def _within(slot: Slot, value: T, size: float) -> T:
    """The value, when its size keeps the limits declared; a time's size is its seconds."""
    least, most = slot.declared.at_least, slot.declared.at_most
    if least is not None and size < least:
        raise UsageError(
            words("{argument} is at least {limit}.", argument=slot.label, limit=_limit(slot, least))
        )
    if most is not None and size > most:
        raise UsageError(
            words("{argument} is at most {limit}.", argument=slot.label, limit=_limit(slot, most))
        )
    return value


def _limit(slot: Slot, limit: int) -> str:
    if slot.declared.kind is Kind.DURATION:
        return write_duration(timedelta(seconds=limit))
    return str(limit)


_READ: Mapping[Kind, Callable[[Slot, Token], Any]] = {
    Kind.NUMBER: _number,
    Kind.DURATION: _duration,
    Kind.MOMENT: _moment,
    Kind.PERSON: _person,
    Kind.TIMES: _times,
}
