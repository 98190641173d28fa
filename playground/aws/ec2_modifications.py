"""EC2's calls that modify volumes as AWS answers them; moto takes any number of them, each done at once.

Source: "Request Amazon EBS volume modifications", EBS user guide.  How far a modification is can be set by
hand, on moto's object: `volume.modifications[-1].is_now = "optimizing"`.
"""

from datetime import timedelta
from typing import Any

from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.responses.elastic_block_store import ElasticBlockStore

from playground.aws.paging import page

_BETWEEN = timedelta(hours=6)
_INCLUDED = {"gp3": (3000, 125)}


class ModificationCalls(ElasticBlockStore):
    """One modification of a volume in six hours; the newest of each is told."""

    def modify_volume(self) -> ActionResult:
        """Another one of the same volume has to wait."""
        volume = self.ec2_backend.get_volume(self._get_param("VolumeId"))
        newest = volume.modifications[-1] if volume.modifications else None
        if newest is not None and _state(newest) in ("modifying", "optimizing"):
            words = f"Modification of volume {volume.id} is currently in progress"
            raise EC2ClientError("IncorrectModificationState", words)
        if newest is not None and utcnow() - newest.start_time < _BETWEEN:
            words = (
                "You've reached the maximum modification rate per volume limit. Wait at least 6 hours between"
                f" modifications per EBS volume {volume.id}"
            )
            raise EC2ClientError("VolumeModificationRateExceeded", words)
        answer = super().modify_volume()
        iops, throughput = _INCLUDED.get(volume.volume_type, (volume.iops, volume.throughput))
        volume.iops, volume.throughput = volume.iops or iops, volume.throughput or throughput
        return answer

    def describe_volumes_modifications(self) -> ActionResult:
        """The newest one of each volume that had any, page by page."""
        filters = self._filters_from_querystring()
        found = self.ec2_backend.describe_volumes_modifications(self._get_param("VolumeIds", []), filters)
        newest = {one.volume.id: one for one in found}
        rows, token = page(list(newest.values()), self._get_param("MaxResults"), self._get_param("NextToken"))
        return ActionResult({"VolumesModifications": [_row(one) for one in rows], "NextToken": token})


def _state(one: Any) -> str:
    return str(getattr(one, "is_now", "completed"))


def _row(one: Any) -> dict[str, Any]:
    done = _state(one) == "completed"
    return {
        "VolumeId": one.volume.id,
        "ModificationState": _state(one),
        "OriginalVolumeType": one.original_volume_type,
        "TargetVolumeType": one.target_volume_type,
        "TargetIops": one.target_iops,
        "TargetThroughput": one.target_throughput,
        "Progress": 100 if done else 0,
        "StartTime": one.start_time,
        "EndTime": one.end_time if done else None,
    }
