"""Which calls an operation can make now.  Pure: rows in, batches out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from aws.account import Place
from bot.command import Action, Fields
from bot.operation import STEP_ENDS, StepRow, StepState
from bot.words import Words
from bot.words import words as _


@dataclass(frozen=True, slots=True)
class Choice:
    """What to call now, and what can never be called any more."""

    batches: tuple[tuple[StepRow, ...], ...]
    broken: tuple[tuple[StepRow, Words], ...]  # a step it needs did not come about


def choose(rows: Sequence[StepRow], states: Mapping[str, StepState], actions: Mapping[str, Action]) -> Choice:
    """Group the planned rows into calls: those of a group always together, the others as many as fit."""
    ready, broken = [], []
    for row in rows:
        needs = {key: states[key] for key in row.step.needs}
        lost = [key for key, state in needs.items() if state in STEP_ENDS - {StepState.DONE}]
        if lost:
            broken.append((row, _("not done, since {key} was not done", key=lost[0])))
        elif all(state is StepState.DONE for state in needs.values()):
            ready.append(row)
    return Choice(tuple(_batches(ready, actions)), tuple(broken))


def _batches(ready: Iterable[StepRow], actions: Mapping[str, Action]) -> Iterable[tuple[StepRow, ...]]:
    together: dict[tuple[str, Place, str, int], list[StepRow]] = defaultdict(list)
    for row in ready:
        step = row.step
        together[step.action, step.target.place, step.group, row.chunk].append(row)
    for (action, _place, group, chunk), rows in together.items():
        most = len(rows) if group else chunk or actions[action].most
        for start in range(0, len(rows), most):
            yield tuple(rows[start : start + most])


@dataclass(frozen=True, slots=True)
class Compared:
    """Steps by what the look just before the call showed."""

    as_planned: tuple[StepRow, ...]
    already: tuple[StepRow, ...]  # AWS shows what the plan promised: nothing to do
    different: tuple[tuple[StepRow, Words], ...]  # AWS shows something else: refused


def compare(rows: Iterable[StepRow], seen: Mapping[str, Fields]) -> Compared:
    """Compare the declared fields, and those only, with what AWS shows now."""
    as_planned, already, different = [], [], []
    for row in rows:
        step, shows = row.step, seen.get(row.step.key)
        if shows is None:
            different.append((row, _("{id} does not exist any more", id=step.target.id)))
        elif set(step.after) <= set(shows):
            already.append(row)
        elif set(step.before) <= set(shows):
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
