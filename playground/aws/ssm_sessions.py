"""Session Manager's DescribeSessions, which moto does not have."""

from typing import Any

from moto.backends import get_backend
from moto.core.responses import ActionResult
from moto.ssm.responses import SimpleSystemManagerResponse

from playground.aws.paging import page
from playground.aws.sessions import Session, Sessions


class SessionCalls(SimpleSystemManagerResponse):
    """Who has a shell where; a session ends with its instance, and no history is kept."""

    sessions: Sessions

    def describe_sessions(self) -> ActionResult:
        """The active sessions of the place, of one target or all, page by page."""
        wanted = {one["key"]: one["value"] for one in self._get_param("Filters", [])}
        found = [
            self._row(one)
            for one in self.sessions.all()
            if self._is_running(one.instance_id) and wanted.get("Target", one.instance_id) == one.instance_id
        ]
        active = found if self._get_param("State") == "Active" else []
        rows, token = page(active, self._get_param("MaxResults"), self._get_param("NextToken"))
        return ActionResult({"Sessions": rows, "NextToken": token})

    def _is_running(self, instance_id: str) -> bool:
        backend = get_backend("ec2")[self.current_account][self.region]
        instance = backend.get_instance_by_id(instance_id)
        return instance is not None and instance.state == "running"

    def _row(self, one: Session) -> dict[str, Any]:
        return {
            "SessionId": one.id,
            "Target": one.instance_id,
            "Status": "Connected",
            "StartDate": one.started,
            "DocumentName": "SSM-SessionManagerRunShell",
            "Owner": f"arn:aws:sts::{self.current_account}:assumed-role/engineer/{one.owner}",
        }
