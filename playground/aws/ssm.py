"""Systems Manager's Run Command as AWS answers it; moto's commands succeed at once, anywhere."""

import uuid
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from moto.backends import get_backend
from moto.core.responses import ActionResult, EmptyResult
from moto.core.utils import utcnow
from moto.ssm.exceptions import InvalidDocument, SSMException

from playground.aws.commands import CommandTimes, SentCommand
from playground.aws.paging import page
from playground.aws.ssm_documents import DocumentCalls
from playground.aws.ssm_sessions import SessionCalls
from playground.aws.times import Times

_DETAILS = {"TimedOut": "Execution Timed Out"}
_CODES = {"InProgress": -1, "Success": 0, "Failed": 1}
# "GetCommandInvocation" and "CommandPlugin", Systems Manager API reference.
MOST_OUTPUT, MOST_ERRORS, LISTED = 24_000, 8_000, 2_500
ERRORS = "\n----------ERROR-------\n"  # what stands before errors in a list
PLUGIN = "aws:runShellScript"


class LocalSsm(SessionCalls, DocumentCalls):
    """Commands that run on running instances with an agent, take their time and may fail."""

    commands: CommandTimes

    def send_command(self) -> ActionResult:
        """Taken on for instances that run and have an agent; refused when one has not."""
        document: str = self._get_param("DocumentName")
        if not document.startswith("AWS-") and document not in self._documents():
            raise InvalidDocument(f"Document with name {document} does not exist.")
        named = list(self._get_param("InstanceIds", []))
        managed = self._managed()
        if missing := [key for key in named if key not in managed]:
            words = (
                f"Instances [[{', '.join(missing)}]] not in a valid state for account {self.current_account}"
            )
            raise SSMException("InvalidInstanceId", words)
        chosen = dict.fromkeys([*named, *(key for key in self._targets() if key in managed)])
        sent = self.commands.send(
            str(uuid.uuid4()), self.current_account, self.region, document, tuple(chosen),
            self._get_param("Parameters", {}), self._get_param("Comment", ""),
            self._get_param("DocumentVersion", "$DEFAULT"),
        )  # fmt: skip
        return ActionResult({"Command": self._command(sent) | {"Status": "Pending"}})

    def get_command_invocation(self) -> ActionResult:
        """How the command stands on one instance; just after it was sent nobody knows it."""
        return ActionResult(self._invocation(self._known(), self._get_param("InstanceId")))

    def list_command_invocations(self) -> ActionResult:
        """How a command stands on each of its instances, page by page."""
        sent, wanted = self._known(), self._get_param("InstanceId")
        row = self._detailed if self._get_param("Details") else self._short
        all_rows = [row(sent, key) for key in sent.instance_ids if wanted in {None, key}]
        rows, token = page(all_rows, self._get_param("MaxResults"), self._get_param("NextToken"))
        return ActionResult({"CommandInvocations": rows, "NextToken": token})

    def list_commands(self) -> ActionResult:
        """What was sent in this place, newest first, page by page."""
        key, place = self._get_param("CommandId"), (self.current_account, self.region)
        found = [one for one in self.commands.sent() if (one.account, one.region) == place]
        wanted = {one["key"]: one["value"] for one in self._get_param("Filters", [])}
        fit = [
            row
            for row in (self._command(one) for one in reversed(found) if key in {None, one.id})
            if wanted.get("ExecutionStage") != "Executing" or row["Status"] == "InProgress"
        ]
        rows, token = page(fit, self._get_param("MaxResults"), self._get_param("NextToken"))
        return ActionResult({"Commands": rows, "NextToken": token})

    def cancel_command(self) -> ActionResult:
        """End a running command; one that is over stays as it is."""
        self.commands.release((self._known().id,), "Cancelled")
        return EmptyResult()

    def describe_instance_information(self) -> ActionResult:
        """The instances with an agent, those meant by a filter or all, page by page."""
        meant = [one["Values"] for one in self._get_param("Filters", []) if one["Key"] == "InstanceIds"]
        found = [key for key in self._with_agent() if all(key in values for values in meant)]
        rows, token = page(found, self._get_param("MaxResults"), self._get_param("NextToken"))
        return ActionResult(
            {"InstanceInformationList": [self._agent(key) for key in rows], "NextToken": token}
        )

    def _agent(self, instance_id: str) -> dict[str, Any]:
        lost = self.commands.lost.get(instance_id)
        backend = get_backend("ec2")[self.current_account][self.region]
        return {
            "InstanceId": instance_id,
            "PingStatus": "Online" if lost is None else "ConnectionLost",
            "LastPingDateTime": utcnow(),
            "PlatformType": "Windows" if backend.get_instance(instance_id).platform == "windows" else "Linux",
        }

    def _known(self) -> SentCommand:
        known = self.commands.known(self._get_param("CommandId"), self.current_account, self.region)
        if known is None:
            raise SSMException("InvocationDoesNotExist", "")
        return known

    def _with_agent(self) -> list[str]:
        backend = get_backend("ec2")[self.current_account][self.region]
        running = (one.id for one in backend.all_instances() if one.state == "running")
        return [key for key in running if key not in self.commands.without_agent]

    def _managed(self) -> list[str]:
        return [key for key in self._with_agent() if key not in self.commands.lost]

    def _targets(self) -> Iterable[str]:
        backend = get_backend("ec2")[self.current_account][self.region]
        for target in self._get_param("Targets", []):
            if target["Key"] == "InstanceIds":
                yield from target["Values"]
                continue
            for each in backend.all_reservations(filters={target["Key"]: target["Values"]}):
                yield from (one.id for one in each.instances)

    def _command(self, sent: SentCommand) -> dict[str, Any]:
        status, count = sent.status(self.commands.clock.now()), len(sent.instance_ids)
        return {
            "CommandId": sent.id,
            "Comment": sent.comment,
            "CompletedCount": 0 if status == "InProgress" else count,
            "DocumentName": sent.document,
            "ErrorCount": count if status in {"Failed", "TimedOut"} else 0,
            "ExpiresAfter": utcnow() + timedelta(hours=2),
            "InstanceIds": list(sent.instance_ids),
            "Parameters": sent.parameters,
            "RequestedDateTime": utcnow(),
            "Status": status,
            "StatusDetails": _DETAILS.get(status, status),
            "TargetCount": count,
        }

    def _invocation(self, sent: SentCommand, instance_id: str) -> dict[str, Any]:
        """One instance with its output, as GetCommandInvocation tells it."""
        short, status = self._short(sent, instance_id), self._status(sent, instance_id)
        over, said = status != "InProgress", sent.says(instance_id)
        return short | {
            "ResponseCode": _CODES.get(status, -1),
            "StandardErrorContent": said[:MOST_ERRORS] if over and status != "Success" else "",
            "StandardOutputContent": said[:MOST_OUTPUT] if status == "Success" else "",
        }

    def _detailed(self, sent: SentCommand, instance_id: str) -> dict[str, Any]:
        """One instance with the beginning of its output, as a list tells it."""
        short, status = self._short(sent, instance_id), self._status(sent, instance_id)
        said, failed = sent.says(instance_id), status != "Success"
        plugin = {
            "Name": PLUGIN,
            "Status": status,
            "StatusDetails": short["StatusDetails"],
            "ResponseCode": _CODES.get(status, -1),
            "Output": "" if status == "InProgress" else f"{ERRORS if said and failed else ''}{said}"[:LISTED],
        }
        return short | {"CommandPlugins": [plugin]}

    def _short(self, sent: SentCommand, instance_id: str) -> dict[str, Any]:
        if instance_id not in sent.instance_ids:
            raise SSMException("InvocationDoesNotExist", "")
        status = self._status(sent, instance_id)
        return {
            "CommandId": sent.id,
            "Comment": sent.comment,
            "DocumentName": sent.document,
            "InstanceId": instance_id,
            "Status": status,
            "StatusDetails": _DETAILS.get(status, status),
        }

    def _status(self, sent: SentCommand, instance_id: str) -> str:
        return sent.status(self.commands.clock.now(), instance_id)


def dispatcher(times: Times) -> Callable[..., Any]:
    """Return the view for Systems Manager's one URL, bound to the commands and sessions."""

    class BoundSsm(LocalSsm):
        pass

    BoundSsm.commands, BoundSsm.sessions = times.commands, times.sessions
    view: Callable[..., Any] = BoundSsm.dispatch
    return view
