"""Indexes for a log and a history that have become long: what is asked for is led to, never looked for."""

from bot.store.migrations.index import NewIndex

revision = "0012"
down_revision = "0011"
kind = "expand"
ENDED = "outcome != ''"
indexes = (
    NewIndex("ix_audit_person_at", "audit", ("person", "at", "id")),
    NewIndex("ix_audit_outcome_at", "audit", ("outcome", "at", "id"), ENDED),
    NewIndex("ix_audit_person_outcome_at", "audit", ("person", "outcome", "at", "id"), ENDED),
    NewIndex("ix_operations_state_id", "operations", ("state", "id")),
    NewIndex("ix_operations_emergency", "operations", ("reviewed_by", "id"), "emergency != ''"),
)


def upgrade() -> None:
    """Make them; nothing that an older version uses changes."""
    for index in indexes:
        index.make()
