"""What every plan does first: look in each place that is meant, and say which could not be read."""

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from typing import Generic, TypeVar

from aws.account import Place
from aws.errors import AwsError
from bot.arguments import Kind, UsageError, arg
from bot.command import World
from bot.plan import Fields, Table, Unread
from bot.refusals import said
from bot.targets import Targets
from bot.words import Words, words

T = TypeVar("T")
Look = TypeVar("Look")
SIDE_BY_SIDE = 8  # places read at the same time

NO_TARGETS = Targets()


def accounts_arg() -> tuple[str, ...]:
    """The option --account."""
    declared: tuple[str, ...] = arg(Kind.ACCOUNT, words("only in this account"), default=(), many=True)
    return declared


def regions_arg() -> tuple[str, ...]:
    """The option --region."""
    declared: tuple[str, ...] = arg(Kind.REGION, words("only in this region"), default=(), many=True)
    return declared


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """What was found where, and where nobody could look."""

    items: tuple[tuple[Place, T], ...]
    unread: tuple[Unread, ...]

    def __iter__(self) -> Iterator[tuple[Place, T]]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


def places(world: World, accounts: Iterable[str], regions: Iterable[str]) -> tuple[Place, ...]:
    """The places that are meant; none named means all of them.  Raises UsageError when none is left."""
    named, within = set(accounts), set(regions)
    meant = tuple(
        place
        for place in world.aws.places()
        if (not named or place.account in named) and (not within or place.region in within)
    )
    if not meant:
        raise UsageError(
            words(
                "No account looks after {regions}; it is in none of the regions of {accounts}.",
                regions=", ".join(sorted(within)),
                accounts=", ".join(sorted(named)),
            )
        )
    return meant


def everywhere(meant: Iterable[Place], read: Callable[[Place], Iterable[T]]) -> Found[T]:
    """Read every place; one that cannot be read is reported, and does not hide the others."""

    def look(place: Place) -> list[tuple[Place, T]] | Unread:
        try:
            return [(place, item) for item in read(place)]
        except AwsError as error:
            return Unread(place, said(error, place.account))

    answers = _side_by_side(look, tuple(meant))
    items = tuple(one for answer in answers if isinstance(answer, list) for one in answer)
    return Found(items, tuple(answer for answer in answers if isinstance(answer, Unread)))


def _side_by_side(look: Callable[[Place], Look], meant: Sequence[Place]) -> list[Look]:
    if len(meant) == 1:
        return [look(meant[0])]
    ours = [copy_context() for _ in meant]  # what is logged there is about what it is about here
    with ThreadPoolExecutor(min(SIDE_BY_SIDE, max(len(meant), 1)), "read") as pool:
        return list(pool.map(lambda context, place: context.run(look, place), ours, meant))


def all_named(targets: Targets, found: Iterable[str], unread: tuple[Unread, ...]) -> None:
    """Raise UsageError for ids that are nowhere; not when a place could not be read, it may be there."""
    there = set(found)
    missing = [wanted for wanted in targets.ids if wanted not in there]
    if missing and not unread:
        raise UsageError(
            words(
                "{ids} cannot be found in any account and region that toban looks after.",
                ids=", ".join(missing[:10]),
            )
        )


def fits(targets: Targets, names: Iterable[str], tags: Mapping[str, str]) -> bool:
    """Whether a resource, by these names and tags, is meant: for services that filter nothing themselves.

    Read as EC2 reads its filters: names are alternatives, and so are the values of one key; different keys
    must all fit.
    """
    known = tuple(names)
    if not set(targets.ids).isdisjoint(known) or targets.everything or targets == NO_TARGETS:
        return True
    if not targets.names and not targets.tags:
        return False
    wanted = {key: [value for other, value in targets.tags if other == key] for key, _ in targets.tags}
    return (not targets.names or any(_like(name, targets.names) for name in known)) and all(
        key in tags and ("" in values or _like(tags[key], values)) for key, values in wanted.items()
    )


def _like(text: str, patterns: Iterable[str]) -> bool:
    """Whether one of these patterns is all of a text; only `*` and `?` are more than themselves."""
    return any(
        re.fullmatch(re.escape(one).replace(r"\*", ".*").replace(r"\?", "."), text, re.DOTALL)
        for one in patterns
    )


def asked_for(targets: Targets) -> tuple[str, ...]:
    """The names and tags that were asked for, as they are typed."""
    names = [f"name:{name}" for name in targets.names]
    tags = [f"tag:{key}={value}" if value else f"tag:{key}" for key, value in targets.tags]
    return (*names, *tags)


def nearest(targets: Targets, there: Iterable[tuple[str, Mapping[str, str]]]) -> str:
    """The names and tags, of the resources that are there, that come nearest to what was asked for."""
    known: set[str] = set()
    for name, tags in there:
        known |= {f"name:{name}"} if name else set()
        known |= {f"tag:{key}={value}" for key, value in tags.items()}
    found = [difflib.get_close_matches(word, sorted(known), 1) for word in asked_for(targets)]
    return " ".join(match for matches in found for match in matches)


def table(heads: tuple[Words, ...], rows: Iterable[tuple[str, ...]]) -> Table:
    """An answer in rows."""
    return Table(heads, tuple(rows))


def fields(**named: str) -> Fields:
    """Declared fields, in the order of their names."""
    return tuple(sorted(named.items()))
