"""How many generations stay, and which go.  Pure: moments in, decisions out."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from bot.words import Words, plural, words


@dataclass(frozen=True, slots=True)
class Keep:
    """What keeps a generation; one goes only when no part of this keeps it.

    With a count and an age, one goes that is beyond the count *and* older.  A day, week or month counts
    when it has a generation, and its newest one is kept.
    """

    newest: int | None = None
    older_than: timedelta | None = None
    daily: int | None = None
    weekly: int | None = None
    monthly: int | None = None

    @property
    def asked(self) -> bool:
        """Whether anything is to go at all."""
        return self != Keep()


def kept(taken: Sequence[datetime], keep: Keep, now: datetime, zone: ZoneInfo) -> list[bool]:
    """Which of these good generations stay, the newest first; the newest always does.

    Days, weeks (from Monday) and months are the team's.
    """
    stays = {0} if taken else set()
    if not keep.asked:
        stays |= set(range(len(taken)))
    if keep.newest is not None:
        stays |= set(range(min(keep.newest, len(taken))))
    if keep.older_than is not None:
        stays |= {place for place, moment in enumerate(taken) if now - moment <= keep.older_than}
    for wanted, period in _PERIODS:
        if count := wanted(keep):
            stays |= set(_newest_of_each([period(one.astimezone(zone)) for one in taken], count))
    return [place in stays for place in range(len(taken))]


class Taken(Protocol):
    """A generation, as far as this needs to know it."""

    @property
    def taken(self) -> datetime:
        """The moment that it holds."""


Of = TypeVar("Of", bound=Taken)


def spares(
    generations: Sequence[Of], keep: Keep, now: datetime, zone: ZoneInfo, *, one_is_made: bool
) -> Iterator[tuple[Of, int]]:
    """Those that go, each with the number of newer ones that stay; the newest generation comes first.

    One that is about to be made counts as the newest.
    """
    new = [now] if one_is_made else []
    stays = kept([*new, *(one.taken for one in generations)], keep, now, zone)
    newer = len(new)
    for one, stay in zip(generations, stays[len(new) :], strict=True):
        if stay:
            newer += 1
        else:
            yield one, newer


def _newest_of_each(periods: Sequence[tuple[int, ...]], count: int) -> Iterator[int]:
    """The place of the first of each of the first so many periods."""
    seen: set[tuple[int, ...]] = set()
    for place, period in enumerate(periods):
        if period not in seen and len(seen) < count:
            seen.add(period)
            yield place


def _day(local: datetime) -> tuple[int, ...]:
    return local.year, local.month, local.day


def _week(local: datetime) -> tuple[int, ...]:
    return local.isocalendar()[:2]


def _month(local: datetime) -> tuple[int, ...]:
    return local.year, local.month


_PERIODS: tuple[tuple[Callable[[Keep], int | None], Callable[[datetime], tuple[int, ...]]], ...] = (
    (lambda keep: keep.daily, _day),
    (lambda keep: keep.weekly, _week),
    (lambda keep: keep.monthly, _month),
)


def in_words(keep: Keep) -> Words:
    """What stays, as a person reads it on the plan."""
    parts = []
    if keep.newest is not None:
        parts.append(plural("the newest", "the newest {n}", keep.newest))
    if keep.older_than is not None:
        parts.append(words("all younger than {age}", age=keep.older_than))
    if keep.daily:
        parts.append(plural("one of the last day", "one of each of the last {n} days", keep.daily))
    if keep.weekly:
        parts.append(plural("one of the last week", "one of each of the last {n} weeks", keep.weekly))
    if keep.monthly:
        parts.append(plural("one of the last month", "one of each of the last {n} months", keep.monthly))
    return words("{parts}", parts=tuple(parts)) if len(parts) != 1 else parts[0]
