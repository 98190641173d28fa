"""What happened during a drill: toban's calls, what was noted of AWS, what people did by the audit log."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects.sqlite import insert

from bot import words
from bot.canonical import step_from_json
from bot.drill import TIMER, Mark, Source
from bot.operation import BatchState
from bot.store.audit import Event
from bot.store.drill_schema import drill_gates, drill_marks
from bot.store.schema import audit, batches, steps
from bot.words import words as _

TOBAN = "toban"
"""Who ends a drill that must end."""
DRILL = "drill"
"""The type of what a drill's own steps act on."""
GATE = "gate"
"""The type of what waits for a person between two stages."""
BREAKS_NOTHING = frozenset({DRILL, TIMER})
"""Its begin and its end, and what AWS holds for it."""


def of(tx: Connection, number: int) -> tuple[Mark, ...]:
    """All of them, in order."""
    return _in_order((*_noted(tx, number), *_called(tx, number), *_people(tx, number)))


def called(tx: Connection, number: int) -> tuple[Mark, ...]:
    """toban's own calls, in order."""
    return _in_order(_called(tx, number))


def _in_order(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    return tuple(sorted(marks, key=lambda one: (one.at, one.key)))


def _noted(tx: Connection, number: int) -> Iterable[Mark]:
    for row in tx.execute(_NOTED, {"of": number}):
        yield Mark(row.at, Source(row.source), words.from_json(row.said), row.key, row.way_back)


def _called(tx: Connection, number: int) -> Iterable[Mark]:
    """A call of toban's is a mark when it was sent: that is when AWS may have begun to act."""
    for row in tx.execute(_CALLED, {"of": number}):
        step = step_from_json(row.body)
        if step.target.type in BREAKS_NOTHING:
            continue
        said = _("`{action}` {target}", action=step.action, target=step.target.name or step.target.id)
        if step.target.type == GATE:
            said = _("it waits until somebody lets it go on")
        yield Mark(row.intended, Source.TOBAN, said, f"step/{step.key}", bool(step.undoes))


def _people(tx: Connection, number: int) -> Iterable[Mark]:
    """Who agreed to it, who let it go on to a stage, who wanted it to end before its time."""
    for row in tx.execute(_DECIDED, {"of": number}):
        if row.event == Event.APPROVED:
            yield Mark(row.at, Source.PERSON, _("{person} agrees", person=row.person), f"yes/{row.person}")
        else:
            said = _("{person} ends it", person=row.person)
            source = Source.TOBAN if row.person == TOBAN else Source.PERSON
            yield Mark(row.at, source, said, f"cancelled/{row.person}")
    for row in tx.execute(_OPENED, {"of": number}):
        said = _("{person} lets it go on after {stage} %", person=row.opened_by, stage=row.stage)
        yield Mark(row.opened_at, Source.PERSON, said, f"gate/{row.stage}")


def ended(tx: Connection, number: int) -> datetime | None:
    """When somebody first wanted it to end; None: nobody did."""
    asked = (row.at for row in tx.execute(_DECIDED, {"of": number}) if row.event == Event.CANCELLED)
    return min(asked, default=None)


def add(tx: Connection, number: int, marks: Iterable[Mark]) -> None:
    """Keep those that are not there yet, by their keys."""
    rows = [
        {
            "operation": number,
            "key": one.key[:200],
            "at": one.at,
            "source": one.source,
            "said": words.to_json(one.said),
            "way_back": one.way_back,
        }
        for one in marks
    ]
    if rows:
        tx.execute(_NEW, rows)


_NOTED = select(drill_marks).where(drill_marks.c.operation == bindparam("of"))
_CALLED = (
    select(steps.c.body, batches.c.intended)
    .select_from(steps.join(batches, batches.c.id == steps.c.batch))
    .where(steps.c.operation == bindparam("of"), batches.c.state != BatchState.REFUSED)
    .order_by(batches.c.id)
)
_DECIDED = (
    select(audit.c.at, audit.c.event, audit.c.person)
    .where(audit.c.operation == bindparam("of"), audit.c.event.in_((Event.APPROVED, Event.CANCELLED)))
    .order_by(audit.c.id)
)
_OPENED = select(drill_gates).where(drill_gates.c.operation == bindparam("of")).order_by(drill_gates.c.stage)
_NEW = insert(drill_marks).on_conflict_do_nothing(index_elements=["operation", "key"])
