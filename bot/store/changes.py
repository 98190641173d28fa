"""What toban has planned for resources and has done to them, across all operations."""

from sqlalchemy import Connection, bindparam, select

from bot.brief import Change
from bot.operation import StepState
from bot.store.audit import Event
from bot.store.schema import audit


def newest(tx: Connection, account: str, region: str, resource: str) -> Change | None:
    """The newest step that was done on a resource, as the audit log has it; None: there was never any."""
    row = tx.execute(_NEWEST, {"of": resource, "in_account": account, "in_region": region}).first()
    return None if row is None else Change(row.action, row.at, row.operation)


# -- statements, built once --------------------------------------------------------------------------

_NEWEST = (
    select(audit.c.action, audit.c.at, audit.c.operation)
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
