"""The estate: which instances and volumes there are, as read a few minutes ago.

Read in the background, answered from memory; for suggestions and examples only.  What a plan does is always
read anew.  A place that could not be read is simply missing here.
"""

import logging
import threading
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from aws import instance, volume
from aws.account import Accounts, Place
from aws.errors import AwsError
from bot.courtesy import GiveWay, at_once
from bot.grammar.examples import Samples
from bot.grammar.targets import write_targets
from bot.targets import Targets

log = logging.getLogger("toban.estate")
FIRST = 2.0  # seconds after the start: who connects comes first
EVERY = 180.0  # seconds between two readings
BREATH = 50  # things between two pauses
SAMPLES = 5
VALUE, TEXT = 150, 75  # characters of an option ("Option object", Slack)


@dataclass(frozen=True, slots=True)
class Thing:
    """An instance or a volume."""

    place: Place
    id: str
    name: str
    state: str
    tags: tuple[tuple[str, str], ...]

    @property
    def prefix(self) -> str:
        """What its id begins with, such as "i-"."""
        return f"{self.id.partition('-')[0]}-"


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be chosen as a target."""

    text: str  # what is read
    value: str  # what it would be typed as


@dataclass(frozen=True, slots=True)
class _Choice:
    option: Option
    prefix: str
    sought: str  # what a query is looked for in


@dataclass(frozen=True, slots=True)
class _Shelf:
    """Everything worked out from one reading."""

    choices: Mapping[str, Sequence[_Choice]] = field(default_factory=dict)  # by prefix
    samples: Mapping[str, Samples] = field(default_factory=dict)  # by prefix


class Estate:
    """What there is; safe to ask from every thread."""

    def __init__(self, aws: Accounts, give_way: GiveWay = at_once) -> None:
        """Empty until the first reading, which gives way to whoever waits for an acknowledgement."""
        self._aws = aws
        self._give_way = give_way
        self._shelf = _Shelf()

    def run(self, stop: threading.Event) -> None:
        """Read now and then, until `stop` is set."""
        wait = FIRST
        while not stop.wait(wait):
            try:
                self.read(stop)
            except Exception:  # the edge of a thread: it must outlive one bad reading
                if not stop.is_set():  # else AWS was let go of in the middle of it
                    log.exception("a reading failed", extra={"action": "estate.failed"})
            wait = EVERY

    def read(self, stop: threading.Event | None = None) -> None:
        """Read every place, one after the other; what was known before stays until all is read."""
        things: list[Thing] = []
        for place in self._aws.places():
            if stop is not None and stop.is_set():
                return
            try:
                for number, thing in enumerate(_in(self._aws, place)):
                    things.append(thing)
                    if number % BREATH == 0:
                        self._give_way()
            except AwsError as error:
                note = "%s/%s is not known: %s"
                what = type(error).__name__
                log.info(note, place.account, place.region, what, extra={"action": "estate.unread"})
        self._shelf = _shelf(things)

    def options(self, query: str, prefixes: Sequence[str], most: int = 100) -> tuple[Option, ...]:
        """What could be meant: every word of the query stands somewhere in a name, id, tag or place.

        Those whose name begins with the query come first.  No prefixes: whatever there is.
        """
        wanted, shelf = folded(query), self._shelf
        fits = [choice for prefix in prefixes or shelf.choices for choice in shelf.choices.get(prefix, ())]
        for part in wanted.split():
            fits = [choice for choice in fits if part in choice.sought]
        begin = (choice for choice in fits if choice.sought.startswith(wanted))
        found: dict[str, Option] = {}
        for choice in chain(begin, fits):
            found.setdefault(choice.option.value, choice.option)
            if len(found) == most:
                break
        return tuple(found.values())

    def samples(self, prefixes: Sequence[str]) -> Samples:
        """A few things with ids of these prefixes, for examples."""
        known = self._shelf.samples
        ids = tuple(each for prefix in prefixes for each in known.get(prefix, Samples()).ids)
        first = next((known[prefix] for prefix in prefixes if prefix in known), Samples())
        return Samples(ids, first.names, first.tags, first.account, first.region)


def folded(text: str) -> str:
    """The text so that width and case of its letters do not matter."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


def _in(aws: Accounts, place: Place) -> Iterator[Thing]:
    ec2 = aws.ec2(place)
    for one in instance.find(ec2):
        if one.state != "terminated":
            yield Thing(place, one.id, one.name, one.state, one.tags.pairs)
    for each in volume.find(ec2):
        yield Thing(place, each.id, each.name, each.state, each.tags.pairs)


# -- what is worked out of a reading; pure -----------------------------------------------------------


def _shelf(things: Sequence[Thing]) -> _Shelf:
    choices: dict[str, list[_Choice]] = {}
    for choice in (*_tag_choices(things), *map(_choice, sorted(things, key=lambda one: (one.name, one.id)))):
        choices.setdefault(choice.prefix, []).append(choice)
    return _Shelf(choices, {prefix: _samples(prefix, things) for prefix in choices})


def _choice(one: Thing) -> _Choice:
    where = f"{one.place.account}/{one.place.region}"
    room = TEXT - len(f" ·  · {where}") - len(one.id)
    name = one.name if len(one.name) <= room else f"{one.name[: max(room - 1, 0)]}…"
    text = " · ".join(part for part in (name, one.id, where) if part)
    sought = folded(f"{one.name} {one.id} {where} {one.state}")
    return _Choice(Option(text[:TEXT], one.id), one.prefix, sought)


def _tag_choices(things: Iterable[Thing]) -> Iterator[_Choice]:
    counted = Counter((one.prefix, tag) for one in things for tag in one.tags if _speaks(tag))
    for (prefix, tag), _count in counted.most_common():
        value = write_targets(Targets(tags=(tag,)))
        shown = f"tag:{tag[0]}={tag[1]}"
        if len(value) <= VALUE and len(shown) <= TEXT:
            yield _Choice(Option(shown, value), prefix, folded(shown))


def _speaks(tag: tuple[str, str]) -> bool:
    """Whether a tag says what something is for: not its name, not AWS's or our own bookkeeping."""
    key, value = tag
    return bool(value) and key != "Name" and not key.startswith(("aws:", "toban:"))


def _samples(prefix: str, things: Sequence[Thing]) -> Samples:
    """Of the place that has most of them, so that every part of an example is found there."""
    (place, _count), *_ = Counter(one.place for one in things if one.prefix == prefix).most_common(1)
    there = [one for one in things if one.place == place and one.prefix == prefix]
    stems = Counter(f"{one.name.rpartition('-')[0]}-*" for one in there if "-" in one.name.strip("-"))
    tags = Counter(tag for one in there for tag in one.tags if _speaks(tag))
    return Samples(
        ids=tuple(one.id for one in sorted(there, key=lambda one: (not one.name, one.id))[:SAMPLES]),
        names=tuple(stem for stem, _count in stems.most_common(SAMPLES)),
        tags=tuple(tag for tag, _count in tags.most_common(SAMPLES * 4)),
        account=place.account,
        region=place.region,
    )
