"""EC2's snapshot calls as AWS answers them, where moto is too kind."""

from typing import Any

from moto.backends import get_backend
from moto.core.responses import ActionResult
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.responses.elastic_block_store import ElasticBlockStore

from playground.aws.paging import page
from playground.aws.snapshots import SnapshotTimes


class SnapshotCalls(ElasticBlockStore):
    """Snapshots that take their time, have an owner, come in pages and may be in use."""

    snapshots: SnapshotTimes

    def create_snapshot(self) -> ActionResult:
        """A snapshot of one volume, pending at first."""
        tags = self._parse_tag_specification().get("snapshot", {})
        self.error_on_dryrun()
        return ActionResult(self._row(self._begin(self._get_param("VolumeId"), tags)))

    def create_snapshots(self) -> ActionResult:
        """One snapshot of each volume of the instance, tags of the volume included if asked for."""
        tags = self._parse_tag_specification().get("snapshot", {})
        self.error_on_dryrun()
        rows = [self._begin(volume, {**copied, **tags}) for volume, copied in self._volumes().items()]
        return ActionResult({"Snapshots": [self._row(row) for row in rows]})

    def copy_snapshot(self) -> ActionResult:
        """A copy in this region, pending at first; the original must be complete."""
        source = self._get_param("SourceRegion")
        original = get_backend("ec2")[self.current_account][source].get_snapshot(
            self._get_param("SourceSnapshotId")
        )
        _must_be_complete(original)
        known = set(self.ec2_backend.snapshots)
        answer = super().copy_snapshot()
        for key in set(self.ec2_backend.snapshots) - known:
            self.snapshots.begin(self.ec2_backend.snapshots[key])
        return answer

    def create_volume(self) -> ActionResult:
        """A volume; a snapshot it is made from must be complete."""
        if key := self._get_param("SnapshotId"):
            _must_be_complete(self._known(key))
        return super().create_volume()

    def delete_snapshot(self) -> ActionResult:
        """One snapshot, unless an image stands on it."""
        snapshot = self._known(self._get_param("SnapshotId"))
        self.error_on_dryrun()
        for image in self.ec2_backend.amis.values():
            if any(m.get("Ebs", {}).get("SnapshotId") == snapshot.id for m in image.block_device_mappings):
                words = f"The snapshot {snapshot.id} is currently in use by {image.id}"
                raise EC2ClientError("InvalidSnapshot.InUse", words)
        return super().delete_snapshot()

    def describe_snapshots(self) -> ActionResult:
        """Snapshots by id, owner and filters, page by page; very new ones may be missing."""
        ids, size = self._get_param("SnapshotIds", []), self._get_param("MaxResults")
        if ids and size:
            words = "The parameter snapshotSet cannot be used with the parameter maxResults"
            raise EC2ClientError("InvalidParameterCombination", words)
        for key in ids:
            self._known(key)
        found = self.ec2_backend.describe_snapshots(
            snapshot_ids=ids, filters=self._filters_from_querystring()
        )
        owners = {
            self.current_account if owner == "self" else owner for owner in self._get_param("OwnerIds", [])
        }
        seen = [one for one in found if self.snapshots.is_visible(one)]
        rows, token = page(
            [one for one in seen if not owners or one.owner_id in owners], size, self._get_param("NextToken")
        )
        return ActionResult({"Snapshots": [self._row(row) for row in rows], "NextToken": token})

    def _begin(self, volume_id: str, tags: dict[str, str]) -> Any:
        snapshot = self.ec2_backend.create_snapshot(volume_id, self._get_param("Description", ""))
        snapshot.add_tags(tags)
        self.snapshots.begin(snapshot)
        return snapshot

    def _volumes(self) -> dict[str, dict[str, str]]:
        """Return the volumes CreateSnapshots speaks of, each with the tags to copy."""
        wanted = self._get_param("InstanceSpecification", {})
        instance = self.ec2_backend.get_instance(wanted["InstanceId"])
        left_out = set(wanted.get("ExcludeDataVolumeIds", []))
        if wanted.get("ExcludeBootVolume"):
            left_out |= {m.volume_id for k, m in instance.get_block_device_mapping if k == _root(instance)}
        ids = [m.volume_id for _, m in instance.get_block_device_mapping if m.volume_id not in left_out]
        copying = self._get_param("CopyTagsFromSource") == "volume"
        return {key: self.ec2_backend.tags.get(key, {}) if copying else {} for key in ids}

    def _known(self, key: str) -> Any:
        snapshot = self.ec2_backend.snapshots.get(key)
        if snapshot is None or not self.snapshots.is_visible(snapshot):
            raise EC2ClientError("InvalidSnapshot.NotFound", f"The snapshot '{key}' does not exist.")
        return snapshot

    def _row(self, one: Any) -> dict[str, Any]:
        return {
            "Description": one.description or "",
            "Encrypted": one.encrypted,
            "KmsKeyId": one.kms_key_id,
            "OwnerId": one.owner_id,
            "Progress": self.snapshots.progress(one),
            "SnapshotId": one.id,
            "StartTime": one.start_time,
            "State": one.status,
            "StateMessage": "An internal error occurred" if one.status == "error" else None,
            "StorageTier": one.storage_tier,
            "Tags": [{"Key": tag["key"], "Value": tag["value"]} for tag in one.tag_set],
            "VolumeId": one.volume_id,
            "VolumeSize": one.volume_size,
        }


def _root(instance: Any) -> str:
    return instance.root_device_name or "/dev/sda1"


def _must_be_complete(snapshot: Any) -> None:
    if snapshot.status != "completed":
        raise EC2ClientError("IncorrectState", f"Snapshot is in invalid state - {snapshot.status}")
