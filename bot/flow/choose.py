"""Which calls an operation can make now.  Pure: rows in, batches out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from aws.account import Place
from bot.command import Action
from bot.operation import STEP_ENDS, StepRow, StepState
from bot.plan import Fields, Step
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
class Wave:
    """Calls of one action in one place that one look serves."""

    calls: tuple[tuple[StepRow, ...], ...]

    @property
    def rows(self) -> tuple[StepRow, ...]:
        """Every row of its calls."""
        return tuple(row for call in self.calls for row in call)

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every step of its calls."""
        return tuple(row.step for row in self.rows)

    @property
    def place(self) -> Place:
        """Where its calls go."""
        return self.calls[0][0].step.target.place

    def action(self, actions: Mapping[str, Action]) -> Action:
        """What its calls do."""
        return actions[self.calls[0][0].step.action]

    def only(self, rows: Iterable[StepRow]) -> tuple[tuple[StepRow, ...], ...]:
        """Its calls with these rows only; a call without any is left out."""
        kept = {row.id for row in rows}
        calls = (tuple(row for row in call if row.id in kept) for call in self.calls)
        return tuple(call for call in calls if call)


def waves(calls: Iterable[tuple[StepRow, ...]], most: int) -> Iterable[Wave]:
    """Calls of one action and place together, as long as their steps fit one look."""
    wave: list[tuple[StepRow, ...]] = []
    for call in calls:
        alike = bool(wave) and _kind(wave[0]) == _kind(call)
        if wave and not (alike and sum(map(len, wave)) + len(call) <= most):
            yield Wave(tuple(wave))
            wave = []
        wave.append(call)
    if wave:
        yield Wave(tuple(wave))


def _kind(call: tuple[StepRow, ...]) -> tuple[str, Place]:
    return call[0].step.action, call[0].step.target.place


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
