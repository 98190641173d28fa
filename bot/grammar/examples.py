"""Examples from the reader's own estate: the declared ones, with what is really there in their places.

Pure: an example is read as any line is, its values are exchanged, and it is written as every line is; so
what is shown can be typed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.arguments import Kind, UsageError
from bot.grammar.entry import Entry
from bot.grammar.kinds import Vocabulary
from bot.grammar.line import read_line
from bot.grammar.slot import Slot
from bot.targets import Targets


@dataclass(frozen=True, slots=True)
class Samples:
    """A few things of one place, to make examples of; the most common first."""

    ids: tuple[str, ...] = ()
    names: tuple[str, ...] = ()  # patterns, such as web-*
    tags: tuple[tuple[str, str], ...] = ()
    account: str = ""
    region: str = ""


SamplesOf = Callable[[tuple[str, ...]], Samples]
"""The samples for ids of these prefixes; empty ones when nothing is known."""


def nothing_known(_prefixes: tuple[str, ...]) -> Samples:
    """No samples: the declared examples stay as they are."""
    return Samples()


def own_examples(entry: Entry, vocabulary: Vocabulary, samples_of: SamplesOf) -> tuple[str, ...]:
    """The verb's examples as this team could type them, each once; those that it could not are left out."""
    made = (_own(entry, example.lstrip("/"), vocabulary, samples_of) for example in entry.verb.examples)
    return tuple(dict.fromkeys(f"/{line}" for line in made if _read(entry, line, vocabulary) is not None))


def _own(entry: Entry, example: str, vocabulary: Vocabulary, samples_of: SamplesOf) -> str:
    said = tuple(token.text for token in read_line(example).tokens)
    args = _read(
        entry, example, Vocabulary(said, said, said, said)
    )  # whatever it names is known, for the moment
    if args is None:
        return example
    samples = samples_of(_prefixes(entry.slots.values()))
    changed = {
        slot.name: _exchanged(slot, getattr(args, slot.name), vocabulary, samples)
        for slot in entry.slots.values()
        if getattr(args, slot.name) != slot.default
    }
    own = replace(args, **changed)
    return example if own == args else entry.write(own)


def _prefixes(slots: Iterable[Slot]) -> tuple[str, ...]:
    return next((slot.declared.prefixes for slot in slots if slot.declared.kind is Kind.TARGETS), ())


def _exchanged(slot: Slot, value: Any, vocabulary: Vocabulary, samples: Samples) -> Any:
    match slot.declared.kind:
        case Kind.TARGETS:
            return _targets(value, samples)
        case Kind.ACCOUNT:
            return _known(slot, samples.account, vocabulary.accounts, value)
        case Kind.REGION:
            return _known(slot, samples.region, vocabulary.regions, value)
        case Kind.SCHEDULE:
            return _known(slot, "", tuple(vocabulary.schedules), value)
        case Kind.CALENDAR:
            return _known(slot, "", vocabulary.calendars, value)
        case _:
            return value


def _known(slot: Slot, own: str, known: Sequence[str], value: Any) -> Any:
    """The place that is really there; else the value itself when it is known, else the first that is."""
    named = [own] if own in known else [each for each in _several(value) if each in known] or list(known[:1])
    if not named:
        return value
    return tuple(named) if slot.declared.many else named[0]


def _several(value: Any) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)


def _targets(targets: Targets, samples: Samples) -> Targets:
    """The same kind of targets, of what is there."""
    return Targets(
        ids=_instead(targets.ids, samples.ids),
        names=_instead(targets.names, samples.names),
        tags=tuple(dict.fromkeys(_tag(tag, samples) for tag in targets.tags)),
        everything=targets.everything,
    )


def _instead(shown: tuple[str, ...], there: tuple[str, ...]) -> tuple[str, ...]:
    """As many as were shown; an id stays one of the same kind where there is one."""
    alike = [each for each in there if shown and each.partition("-")[0] == shown[0].partition("-")[0]]
    return tuple((alike or there)[: len(shown)]) or shown


def _tag(tag: tuple[str, str], samples: Samples) -> tuple[str, str]:
    """A tag of the same key where there is one."""
    by_key: Mapping[str, str] = dict(reversed(samples.tags))
    if tag[0] in by_key:
        return tag if tag in samples.tags else (tag[0], by_key[tag[0]])
    return samples.tags[0] if samples.tags else tag


def _read(entry: Entry, line: str, vocabulary: Vocabulary) -> Any:
    """The arguments of a line; None when it cannot be typed so."""
    try:
        return entry.read(read_line(line), vocabulary)
    except UsageError:
        return None
