"""EC2's DescribeSpotInstanceRequests for the estate's spot instances, which nobody asked moto for."""

from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.responses import EC2Response

from playground.aws.paging import page
from playground.aws.spot import SpotNotices

_FILTERS = {
    "instance-id": "InstanceId",
    "spot-instance-request-id": "SpotInstanceRequestId",
    "state": "State",
}


class SpotCalls(EC2Response):
    """One-time requests that were fulfilled, and what has become of them."""

    spot: SpotNotices

    def describe_spot_instance_requests(self) -> ActionResult:
        """A request for each spot instance, page by page."""
        ids: list[str] = self._get_param("SpotInstanceRequestIds", [])
        filters = self._filters_from_querystring()
        found = [
            _request(one, is_noticed=self.spot.stands(one.id))
            for one in self.ec2_backend.all_instances()
            if one.lifecycle == "spot"
        ]
        fit = [
            row
            for row in found
            if (not ids or row["SpotInstanceRequestId"] in ids)
            and all(row.get(_FILTERS.get(name, name)) in (values or ()) for name, values in filters.items())
        ]
        rows, token = page(fit, self._get_param("MaxResults"), self._get_param("NextToken"))
        return ActionResult({"SpotInstanceRequests": rows, "NextToken": token})


def _request(one: Any, *, is_noticed: bool) -> dict[str, Any]:
    state, code, words = _status(one, is_noticed=is_noticed)
    return {
        "SpotInstanceRequestId": one.spot_instance_request_id,
        "InstanceId": one.id,
        "InstanceInterruptionBehavior": "terminate",
        "LaunchedAvailabilityZone": one.availability_zone,
        "State": state,
        "Status": {"Code": code, "Message": words},
        "Type": "one-time",
    }


def _status(one: Any, *, is_noticed: bool) -> tuple[str, str, str]:
    if one.state == "terminated":
        return "closed", "instance-terminated-no-capacity", "Your Spot instance was terminated."
    if is_noticed:
        return "active", "marked-for-termination", "Your Spot instance is marked for termination."
    return "active", "fulfilled", "Your Spot request is fulfilled."
