"""Route 53 as AWS answers it: batches are made whole, changes take their time, endpoints may be ill."""

from collections.abc import Callable
from typing import Any

from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.route53.exceptions import Route53ClientError
from moto.route53.responses import Route53

from playground.aws.change_batch import changed
from playground.aws.record_changes import RecordChanges
from playground.aws.times import Times

ILL = "Failure: HTTP Status Code 503, Service Unavailable"


class LocalRoute53(Route53):
    """moto's hosted zones and records; how they change is ours."""

    changes: RecordChanges

    def change_resource_record_sets(self) -> ActionResult:
        """All of a batch, or nothing."""
        zone = self.backend.get_hosted_zone(self._get_param("HostedZoneId"))
        zone.rrsets = changed(zone.rrsets, zone.name, self._get_param("ChangeBatch.Changes"))
        return self._told(self.changes.begin())

    def get_change(self) -> ActionResult:
        """How far a change is."""
        asked = str(self._get_param("Id")).rpartition("/")[2]
        if not self.changes.knows(asked):
            raise Route53ClientError("NoSuchChange", f"Could not find resource with ID: {asked}")
        return self._told(asked)

    def get_health_check_status(self) -> ActionResult:
        """What the checkers see: all the same."""
        answer = super().get_health_check_status()
        if self._get_param("HealthCheckId") in self.changes.ill:
            for one in answer.result["HealthCheckObservations"]:  # type: ignore[index] # a dict
                one["StatusReport"]["Status"] = ILL
        return answer

    def _told(self, id: str) -> ActionResult:  # noqa: A002 - Route 53's word
        status = self.changes.status(id)
        return ActionResult(
            {"ChangeInfo": {"Id": f"/change/{id}", "Status": status, "SubmittedAt": utcnow()}}
        )


def dispatcher(times: Times) -> Callable[..., Any]:
    """Return the view for Route 53's URLs, bound to its changes."""

    class BoundRoute53(LocalRoute53):
        pass

    BoundRoute53.changes = times.records
    view: Callable[..., Any] = BoundRoute53.dispatch
    return view
