"""What lies on one person's desk: what waits for them, what they asked for, what goes on around them.

However much there ever was, each read looks at what it shows and little more.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import BindParameter, Connection, bindparam, func, select, text, union_all

from bot.operation import ENDS, Report, State, StepState
from bot.store import delivery, glimpses, outbox
from bot.store import report as reports
from bot.store.audit import Event
from bot.store.outbox import IS_UNSENT
from bot.store.schema import approvals, asks, audit, steps
from bot.store.schema import operations as all_operations
from bot.store.schema import outbox as mails

RECENT = 5_000  # operations: a person's own are not looked for further back
AT_MOST = 50  # of those that wait: more than anybody decides at a sitting
CHANGED = frozenset({State.DONE, State.PARTLY, State.FAILED, State.UNKNOWN, State.CANCELLED})
OPEN = frozenset(State) - ENDS
STEPS = 3  # of each plan that waits


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an operation's message is; both are "" while it is not there."""

    channel: str = ""
    ts: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One operation on a desk."""

    report: Report
    card: Spot
    actions: frozenset[str] = frozenset()  # the names of all its steps' actions; of those that wait


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything, newest first; of each only the first, and how many there are."""

    waiting: tuple[Item, ...]  # for this person's decision
    waits: int
    mine: tuple[Item, ...]  # what has not ended first
    running: tuple[Item, ...]
    runs: int
    changed: tuple[Item, ...]  # operations that began and have ended
    asking: tuple[Item, ...]  # those that ask somebody whether to go on


def stamp(tx: Connection) -> tuple[int, int]:
    """Something that is another whenever an operation moves, or its message arrives."""
    newest = tx.execute(_NEWEST_LINE).scalar_one() or 0
    return newest, tx.execute(_UNSENT).scalar_one()


def ended_since(tx: Connection, line: int) -> frozenset[str]:
    """Whose operations have ended after this line of the audit log."""
    return frozenset(tx.execute(_ENDED_SINCE, {"after": line}).scalars())


def of(tx: Connection, person: str, most: int, gate: str = "", *, decides: int = 5) -> Desk:
    """The desk of one person, at most so many operations of each kind, `decides` that wait for them.

    `gate` is the action whose steps wait for a person.
    """
    waiting, running = _waiting(tx, person), _newest(tx, {State.QUEUED, State.RUNNING}, AT_MOST)
    changed = _begun(tx, _newest(tx, CHANGED, 4 * most))[:most]
    asking = list(tx.execute(_AT_GATES, {"gate": gate, "most": most}).scalars()) if gate else []
    mine = _asked_by(tx, person, most)
    seen = _glimpses(tx, {*mine, *running[:most], *changed, *asking})
    return Desk(
        waiting=tuple(item for number in waiting[:decides] if (item := _whole(tx, number))),
        waits=len(waiting),
        mine=tuple(seen[number] for number in mine if number in seen),
        running=tuple(seen[number] for number in running[:most] if number in seen),
        runs=len(running),
        changed=tuple(seen[number] for number in changed if number in seen),
        asking=tuple(seen[number] for number in asking if number in seen),
    )


def _newest(tx: Connection, states: Collection[State], most: int) -> list[int]:
    """The newest operations in these states: each state is counted back by itself, along its index."""
    of_each = [
        select(all_operations.c.id)
        .where(all_operations.c.state == state)
        .order_by(all_operations.c.id.desc())
        .limit(most)
        .subquery()
        for state in sorted(states)
    ]
    together = union_all(*(select(each.c.id) for each in of_each)).subquery()
    return list(tx.execute(select(together.c.id).order_by(together.c.id.desc()).limit(most)).scalars())


def _begun(tx: Connection, numbers: Collection[int]) -> list[int]:
    begun = select(all_operations.c.id).where(
        all_operations.c.id.in_(numbers), all_operations.c.started.is_not(None)
    )
    return list(tx.execute(begun.order_by(all_operations.c.id.desc())).scalars())


def _waiting(tx: Connection, person: str) -> list[int]:
    """What this person could decide about and has not."""
    numbers = _newest(tx, {State.WAITING}, AT_MOST)
    decided = set(tx.execute(_DECIDED, {"numbers": numbers, "person": person}).scalars())
    found = tx.execute(_COULD_APPROVE, {"numbers": numbers})
    return [number for number, could in found if number not in decided and person in (could or ())]


def _asked_by(tx: Connection, person: str, most: int) -> list[int]:
    """What has not ended, then what has."""
    newest = tx.execute(_NEWEST_ASK).scalar_one() or 0
    asked = {"person": person, "since": newest - RECENT, "most": most}
    still = list(tx.execute(_STILL_OPEN, asked).scalars())
    then = (number for number in tx.execute(_ASKED, asked).scalars() if number not in still)
    return [*still, *then][:most]


def _glimpses(tx: Connection, numbers: Collection[int]) -> Mapping[int, Item]:
    spots = glimpses.cards(tx, numbers)
    return {
        number: Item(report, Spot(*spots.get(number, ())))
        for number, report in glimpses.reports(tx, numbers).items()
    }


def _whole(tx: Connection, number: int) -> Item | None:
    """With the first steps of its plan: somebody decides about it."""
    report, card = reports.report(tx, number, STEPS), outbox.card_of(tx, number)
    spot = Spot(card.channel, card.ts) if card and card.ts else Spot()
    return Item(report, spot, delivery.step_actions(tx, number)) if report else None


# -- statements, built once --------------------------------------------------------------------------

IN_FLIGHT = text("steps.state in ('sent', 'awaiting')")
_NEWEST_LINE = select(func.max(audit.c.id))
_NEWEST_ASK = select(func.max(asks.c.id))
_UNSENT = select(func.count()).where(IS_UNSENT, mails.c.ts == "").select_from(mails)
_ENDED_SINCE = select(audit.c.person).where(audit.c.id > bindparam("after"), audit.c.event == Event.ENDED)
_NUMBERS: BindParameter[int] = bindparam("numbers", expanding=True)
_COULD_APPROVE = (
    select(all_operations.c.id, all_operations.c.could_approve)
    .where(all_operations.c.id.in_(_NUMBERS))
    .order_by(all_operations.c.id.desc())
)
_DECIDED = select(approvals.c.operation).where(
    approvals.c.operation.in_(_NUMBERS), approvals.c.person == bindparam("person")
)
_MINE = asks.c.person == bindparam("person")
_ASKED = (
    select(asks.c.id)
    .where(_MINE, asks.c.id > bindparam("since"))
    .order_by(asks.c.id.desc())
    .limit(bindparam("most"))
)
_STILL_OPEN = (
    select(all_operations.c.id)
    .join(asks, asks.c.id == all_operations.c.id)
    .where(all_operations.c.state.in_(sorted(OPEN)), _MINE)
    .order_by(all_operations.c.id.desc())
    .limit(bindparam("most"))
)
_AT_GATES = (
    select(steps.c.operation)
    .where(steps.c.action == bindparam("gate"), steps.c.state == StepState.AWAITING, IN_FLIGHT)
    .order_by(steps.c.operation.desc())
    .distinct()
    .limit(bindparam("most"))
)
