"""What toban has planned for resources and has done to them, across all operations."""

from sqlalchemy import Connection, bindparam, literal, select

from bot.brief import Change, Held
from bot.canonical import step_from_json
from bot.operation import State, StepState
from bot.plan import Fields
from bot.store.audit import Event
from bot.store.moments import IS_HELD
from bot.store.schema import asks, audit, operations, steps


def held(tx: Connection) -> tuple[Held, ...]:
    """The planned steps of open operations that wait for their moment, the soonest first.

    What nobody has agreed to yet holds nothing, and neither does a call that AWS put off.
    """
    return tuple(Held(*row) for row in tx.execute(_HELD))


def newest(tx: Connection, account: str, region: str, resource: str) -> Change | None:
    """The newest step that was done on a resource, as the audit log has it; None: there was never any."""
    row = tx.execute(_NEWEST, {"of": resource, "in_account": account, "in_region": region}).first()
    return None if row is None else Change(row.action, row.at, row.operation, row.schedule or "")


def was(tx: Connection, account: str, region: str, resource: str, action: str) -> Fields:
    """What a resource was before the newest step of this action that was done on it; () for none."""
    of = {"of": resource, "in_account": account, "in_region": region, "by": action}
    done = tx.execute(_DONE, of).scalar()
    body = tx.execute(_BODY, of | {"number": done}).scalar() if done is not None else None
    return step_from_json(body).before if body else ()


# -- statements, built once --------------------------------------------------------------------------

_AGREED = operations.c.state.in_((State.QUEUED, State.RUNNING))
_HELD = (
    select(
        *(steps.c.account, steps.c.region, steps.c.resource, steps.c.action, steps.c.not_before),
        *(steps.c.operation, asks.c.person, (literal("/") + asks.c.line)),
    )
    .select_from(
        steps.join(operations, operations.c.id == steps.c.operation).join(asks, asks.c.id == operations.c.id)
    )
    .where(*IS_HELD, steps.c.tries == 0, _AGREED)
    .order_by(steps.c.not_before, steps.c.id)
)
_NEWEST = (
    select(audit.c.action, audit.c.at, audit.c.operation, asks.c.schedule)
    .select_from(audit.outerjoin(asks, asks.c.id == audit.c.operation))
    .where(
        audit.c.resource == bindparam("of"),
        audit.c.event == Event.STEP_ENDED,
        audit.c.outcome == StepState.DONE,
        audit.c.account == bindparam("in_account"),
        audit.c.region == bindparam("in_region"),
    )
    .order_by(audit.c.id.desc())
    .limit(1)
)
_DONE = (
    select(audit.c.operation)
    .where(
        audit.c.resource == bindparam("of"),
        audit.c.event == Event.STEP_ENDED,
        audit.c.outcome == StepState.DONE,
        audit.c.account == bindparam("in_account"),
        audit.c.region == bindparam("in_region"),
        audit.c.action == bindparam("by"),
    )
    .order_by(audit.c.id.desc())
    .limit(1)
)
_BODY = select(steps.c.body).where(
    steps.c.operation == bindparam("number"),
    steps.c.resource == bindparam("of"),
    steps.c.action == bindparam("by"),
)
