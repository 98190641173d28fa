"""EC2's calls about storage tiers as AWS answers them; moto's move everything at once."""

from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.responses.elastic_block_store import ElasticBlockStore

from playground.aws.ec2_copies import known_snapshot
from playground.aws.fast_restores import FastRestores
from playground.aws.local_image import snapshot_ids
from playground.aws.paging import page
from playground.aws.tiers import ARCHIVAL, FOR_A_WHILE, FOREVER, TierTimes

_OPERATION = "last-tiering-operation"


class TierCalls(ElasticBlockStore):
    """Snapshots that go to the archive and come back, as "Archive Amazon EBS snapshots" says."""

    tiers: TierTimes
    fast_restores: FastRestores

    def modify_snapshot_tier(self) -> ActionResult:
        """Only a complete snapshot goes, and only when every image that stands on it is disabled."""
        snapshot = known_snapshot(self.ec2_backend, self._get_param("SnapshotId"))
        self._must_rest(snapshot)
        if snapshot.status != "completed" or snapshot.storage_tier == "archive":
            raise EC2ClientError("IncorrectState", f"Snapshot {snapshot.id} cannot be archived in its state")
        for image in self.ec2_backend.amis.values():
            if snapshot.id in snapshot_ids(image) and image.state != "disabled":
                words = f"The snapshot {snapshot.id} is currently in use by {image.id}"
                raise EC2ClientError("InvalidSnapshot.InUse", words)
        self.error_on_dryrun()
        self.tiers.begin(snapshot, ARCHIVAL)
        self.fast_restores.forget(snapshot.id)
        started = snapshot.last_tiering_start_time
        return ActionResult({"SnapshotId": snapshot.id, "TieringStartTime": started})

    def restore_snapshot_tier(self) -> ActionResult:
        """An archived snapshot comes back, for good or for some days; days can be changed later."""
        snapshot = known_snapshot(self.ec2_backend, self._get_param("SnapshotId"))
        days, forever = self._get_param("TemporaryRestoreDays"), self._get_bool_param("PermanentRestore")
        if bool(days) == bool(forever):
            words = "Specify either TemporaryRestoreDays or PermanentRestore"
            raise EC2ClientError("InvalidParameterCombination", words)
        self._must_rest(snapshot)
        if snapshot.storage_tier != "archive" and snapshot.restore_expiry_time is None:
            raise EC2ClientError("IncorrectState", f"Snapshot {snapshot.id} is not archived")
        self.error_on_dryrun()
        self._restore(snapshot, int(days or 0))
        answer = {"SnapshotId": snapshot.id, "RestoreStartTime": snapshot.last_tiering_start_time}
        if days:
            answer["RestoreDuration"] = int(days)
        return ActionResult(answer | {"IsPermanentRestore": bool(forever)})

    def describe_snapshot_tier_status(self) -> ActionResult:
        """What was last done about the tier of each snapshot, page by page."""
        self.error_on_dryrun()
        filters = self._filters_from_querystring()
        wanted = filters.pop(_OPERATION, None)
        found = self.ec2_backend.describe_snapshot_tier_status(filters=filters)
        fit = [one for one in found if wanted is None or one.last_tiering_operation_status in wanted]
        rows, token = page(fit, self._get_param("MaxResults"), self._get_param("NextToken"))
        return ActionResult({"SnapshotTierStatuses": [_status(one) for one in rows], "NextToken": token})

    def _restore(self, snapshot: Any, days: int) -> None:
        if snapshot.storage_tier == "archive":
            self.tiers.begin(snapshot, FOR_A_WHILE if days else FOREVER, days)
        elif days:
            self.tiers.lend(snapshot, days)
        else:
            self.tiers.keep(snapshot)

    def _must_rest(self, snapshot: Any) -> None:
        if self.tiers.is_moving(snapshot):
            raise EC2ClientError("IncorrectState", f"Snapshot {snapshot.id} is changing its tier already")


def _status(one: Any) -> dict[str, Any]:
    return {
        "ArchivalCompleteTime": one.archival_complete_time,
        "LastTieringOperationStatus": one.last_tiering_operation_status,
        "LastTieringOperationStatusDetail": one.last_tiering_operation_status_detail,
        "LastTieringProgress": one.last_tiering_progress,
        "LastTieringStartTime": one.last_tiering_start_time,
        "OwnerId": one.owner_id,
        "RestoreExpiryTime": one.restore_expiry_time,
        "SnapshotId": one.id,
        "Status": one.status,
        "StorageTier": one.storage_tier,
        "Tags": [{"Key": tag["key"], "Value": tag["value"]} for tag in one.tag_set],
        "VolumeId": one.volume_id,
    }
