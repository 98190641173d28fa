"""EC2's instance calls as AWS answers them, where moto is too kind."""

import copy
import re
from typing import Any

from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.responses.instances import InstanceResponse

from playground.aws.ec2_images import must_be
from playground.aws.identity import caller_of
from playground.aws.instances import InstanceTimes
from playground.aws.launch import devices_of
from playground.aws.paging import page
from playground.aws.refused_keys import denied
from playground.aws.tokens import ClientTokens
from playground.aws.trail import Trail

_ID = re.compile(r"i-([0-9a-f]{8}|[0-9a-f]{17})$")
_STOPPABLE = {"running", "stopping", "stopped"}
_STARTABLE = {"stopped", "pending", "running"}


class InstanceCalls(InstanceResponse):
    """StopInstances, StartInstances and DescribeInstanceStatus, with time and refusals."""

    instances: InstanceTimes
    tokens: ClientTokens
    trail: Trail

    def run_instances(self) -> ActionResult:
        """New instances are pending first; the same client token makes none again."""
        at = (self.current_account, self.region, "RunInstances", self._get_param("ClientToken", ""))
        asked = copy.deepcopy(self.params)
        if made := self.tokens.made(at, asked):
            return ActionResult(self.ec2_backend.reservations[made])
        if image := self.ec2_backend.amis.get(self._get_param("ImageId")):
            must_be(image, "available")
            self.params["BlockDeviceMappings"] = devices_of(
                image, self._get_param("BlockDeviceMappings", []), self.ec2_backend
            )
        answer = super().run_instances()
        self.tokens.remember(at, asked, answer.result.id)  # type: ignore[attr-defined] # moto's Reservation
        for instance in answer.result.instances:  # type: ignore[attr-defined] # moto's Reservation
            self.instances.begin_start(instance)
        return answer

    def describe_instances(self) -> ActionResult:
        """An id that cannot be one is told apart from one that is not there."""
        _must_be_well_formed(self._get_param("InstanceIds", []))
        return super().describe_instances()

    def stop_instances(self) -> ActionResult:
        """All or nothing: one unknown, terminated or protected instance refuses the whole call."""
        self.error_on_dryrun()
        chosen = self._chosen(_STOPPABLE, "stopped")
        for instance in chosen:
            if instance.disable_api_stop:
                raise EC2ClientError("OperationNotPermitted", _PROTECTED.format(instance.id))
        before = [copy.copy(instance.instance_state) for instance in chosen]
        for instance in chosen:
            if instance.state == "running":
                self.instances.begin_stop(instance)
        return ActionResult({"StoppingInstances": _changes(chosen, before)})

    def start_instances(self) -> ActionResult:
        """All or nothing; an instance that is still stopping is refused, a running one is left."""
        self.error_on_dryrun()
        chosen = self._chosen(_STARTABLE, "started")
        before = [copy.copy(instance.instance_state) for instance in chosen]
        for instance in chosen:
            if instance.state == "stopped":
                instance.launch_time = utcnow()
                self._start(instance)
        return ActionResult({"StartingInstances": _changes(chosen, before)})

    def describe_instance_status(self) -> ActionResult:
        """Only running instances, unless IncludeAllInstances; page by page."""
        ids, everything = self._get_param("InstanceIds", []), self._get_bool_param("IncludeAllInstances")
        wanted = self._filters_from_querystring().items()
        filters = [{"name": key, "values": values} for key, values in wanted]
        found = self.ec2_backend.describe_instance_status(ids, bool(everything), filters)
        rows, token = page(found, self._get_param("MaxResults"), self._get_param("NextToken"))
        return ActionResult({"InstanceStatuses": [self._status(row) for row in rows], "NextToken": token})

    def _start(self, instance: Any) -> None:
        self.instances.begin_start(instance)
        if instance.id in self.instances.refused_by_kms:
            caller = caller_of(self.current_account, self.access_key)
            for event in denied(self.ec2_backend, instance.id, caller):
                self.trail.note(event)

    def _chosen(self, allowed: set[str], verb: str) -> list[Any]:
        ids = self._get_param("InstanceIds", [])
        _must_be_well_formed(ids)
        chosen: list[Any] = self.ec2_backend.get_multi_instances_by_id(ids)
        for instance in chosen:
            if instance.state not in allowed:
                words = f"The instance '{instance.id}' is not in a state from which it can be {verb}."
                raise EC2ClientError("IncorrectInstanceState", words)
        return chosen

    def _status(self, instance: Any) -> dict[str, Any]:
        verdict = self.instances.checks(instance)
        words = {"ok": "passed", "impaired": "failed"}.get(verdict, verdict)
        summary: dict[str, Any] = {"Status": verdict}
        if verdict != "not-applicable":
            summary["Details"] = [{"Name": "reachability", "Status": words}]
        return {
            "AvailabilityZone": instance.availability_zone,
            "InstanceId": instance.id,
            "InstanceState": _state(instance.instance_state),
            "InstanceStatus": summary,
            "SystemStatus": summary,
        }


_PROTECTED = (
    "The instance '{}' may not be stopped. Modify its 'disableApiStop' instance attribute and try again."
)


def _must_be_well_formed(ids: list[str]) -> None:
    for one in ids:
        if not _ID.match(one):
            raise EC2ClientError("InvalidInstanceID.Malformed", f'Invalid id: "{one}"')


def _changes(chosen: list[Any], before: list[Any]) -> list[dict[str, Any]]:
    return [
        {
            "InstanceId": instance.id,
            "CurrentState": _state(instance.instance_state),
            "PreviousState": _state(previous),
        }
        for instance, previous in zip(chosen, before, strict=True)
    ]


def _state(state: Any) -> dict[str, Any]:
    return {"Code": state.code, "Name": state.name}
