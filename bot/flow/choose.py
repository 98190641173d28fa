"""Which ready steps share a call, and what the look just before it means.  Pure: rows in, calls out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from aws.account import Place
from bot.command import Action
from bot.operation import StepRow
from bot.plan import Fields
from bot.words import Words
from bot.words import words as _


def calls_of(ready: Iterable[StepRow], actions: Mapping[str, Action]) -> tuple[tuple[StepRow, ...], ...]:
    """Group ready rows into calls: those of a group always together, the others as many as fit.

    A way back never shares its call with what may be cancelled.
    """
    together: dict[tuple[str, Place, str, int, bool], list[StepRow]] = defaultdict(list)
    for row in ready:
        step = row.step
        together[step.action, step.target.place, step.group, row.chunk, bool(step.undoes)].append(row)
    return tuple(
        tuple(rows[start : start + most])
        for (action, _place, group, chunk, _back), rows in together.items()
        for most in [len(rows) if group else chunk or actions[action].most]
        for start in range(0, len(rows), most)
    )


@dataclass(frozen=True, slots=True)
class Compared:
    """Steps by what the look just before the call showed."""

    as_planned: tuple[StepRow, ...] = ()
    already: tuple[StepRow, ...] = ()  # AWS shows what the plan promised: nothing to do
    different: tuple[tuple[StepRow, Words], ...] = ()  # AWS shows something else: refused


def compare(rows: Iterable[StepRow], seen: Mapping[str, Fields]) -> Compared:
    """Compare the declared fields, and those only, with what AWS shows now.

    A way back is called whatever was there before, unless it is so already or there is nothing any more.
    """
    as_planned, already, different = [], [], []
    for row in rows:
        step, shows = row.step, seen.get(row.step.key)
        if shows is None:
            different.append((row, _("{id} does not exist any more", id=step.target.id)))
        elif set(step.after) <= set(shows):
            already.append(row)
        elif set(step.before) <= set(shows) or step.undoes:
            as_planned.append(row)
        else:
            different.append((row, _difference(step.before, shows)))
    return Compared(tuple(as_planned), tuple(already), tuple(different))


def _difference(before: Fields, shows: Fields) -> Words:
    now = dict(shows)
    field, was = next((name, value) for name, value in before if now.get(name) != value)
    return _(
        "changed since the plan: {field} is {now}, it was {was}",
        field=field,
        now=now.get(field, "–"),
        was=was,
    )
