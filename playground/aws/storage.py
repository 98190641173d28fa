"""Whether a snapshot's data is at hand: complete, and not in the archive."""

from typing import Any

from moto.ec2.exceptions import EC2ClientError


def must_be_restorable(snapshot: Any) -> None:
    """Refuse what needs the data of a snapshot that is not complete, or archived."""
    if snapshot.status != "completed":
        raise EC2ClientError("IncorrectState", f"Snapshot is in invalid state - {snapshot.status}")
    if snapshot.storage_tier == "archive":
        raise EC2ClientError("IncorrectState", f"Snapshot {snapshot.id} is archived; restore it first")
