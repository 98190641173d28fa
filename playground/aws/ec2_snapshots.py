"""EC2's snapshot calls as AWS answers them, where moto is too kind."""

from collections.abc import Iterable
from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.responses.elastic_block_store import ElasticBlockStore

from playground.aws.fast_restores import FastRestores
from playground.aws.local_image import snapshot_ids
from playground.aws.paging import page
from playground.aws.snapshots import SnapshotTimes

_AT_ONCE = {"st1": 1, "sc1": 1}  # pending snapshots a volume may have, by type; 5 for the others


class SnapshotCalls(ElasticBlockStore):
    """Snapshots that take their time, have an owner, come in pages and may be in use."""

    snapshots: SnapshotTimes
    fast_restores: FastRestores

    def create_snapshot(self) -> ActionResult:
        """A snapshot of one volume, pending at first."""
        tags = self._parse_tag_specification().get("snapshot", {})
        self.error_on_dryrun()
        volume_id = self._get_param("VolumeId")
        self._must_have_room([volume_id])
        return ActionResult(self._row(self._begin(volume_id, tags)))

    def create_snapshots(self) -> ActionResult:
        """One snapshot of each volume of the instance, tags of the volume included if asked for."""
        tags = self._parse_tag_specification().get("snapshot", {})
        self.error_on_dryrun()
        volumes = self._volumes()
        self._must_have_room(volumes)
        rows = [self._begin(volume, {**copied, **tags}) for volume, copied in volumes.items()]
        for row in rows:
            row.start_time = rows[0].start_time  # one moment for the whole set
        return ActionResult({"Snapshots": [self._row(row) for row in rows]})

    def delete_snapshot(self) -> ActionResult:
        """One snapshot, unless an image stands on it."""
        snapshot = self._known(self._get_param("SnapshotId"))
        self.error_on_dryrun()
        for image in self.ec2_backend.amis.values():
            if snapshot.id in snapshot_ids(image):
                words = f"The snapshot {snapshot.id} is currently in use by {image.id}"
                raise EC2ClientError("InvalidSnapshot.InUse", words)
        answer = super().delete_snapshot()
        self.snapshots.forget(snapshot.id)
        self.fast_restores.forget(snapshot.id)
        return answer

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
        snapshot.kms_key_id = self.ec2_backend.volumes[volume_id].kms_key_id
        snapshot.add_tags(tags)
        self.snapshots.begin(snapshot)
        return snapshot

    def _must_have_room(self, volume_ids: Iterable[str]) -> None:
        """Refuse one pending snapshot too many ("Create Amazon EBS snapshots", EBS User Guide)."""
        for key in volume_ids:
            volume = self.ec2_backend.get_volume(key)
            if self.snapshots.pending_of(key) >= _AT_ONCE.get(volume.volume_type, 5):
                words = "Maximum allowed in-progress snapshots for a single volume exceeded."
                raise EC2ClientError("ConcurrentSnapshotLimitExceeded", words)

    def _volumes(self) -> dict[str, dict[str, str]]:
        """Return the volumes CreateSnapshots speaks of, each with the tags to copy."""
        wanted = self._get_param("InstanceSpecification", {})
        instance = self.ec2_backend.get_instance(wanted["InstanceId"])
        held = {name: mapping.volume_id for name, mapping in instance.get_block_device_mapping}
        left_out, root = set(wanted.get("ExcludeDataVolumeIds", [])), held.get(_root(instance))
        if root in left_out:
            raise EC2ClientError("InvalidParameterValue", _IS_ROOT.format(root))
        if wanted.get("ExcludeBootVolume"):
            left_out.add(root)
        copying = self._get_param("CopyTagsFromSource") == "volume"
        chosen = [key for key in held.values() if key not in left_out]
        return {key: _own(self.ec2_backend.tags.get(key, {})) if copying else {} for key in chosen}

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
            "RestoreExpiryTime": one.restore_expiry_time,
            "SnapshotId": one.id,
            "StartTime": one.start_time,
            "State": one.status,
            "StateMessage": self.snapshots.message(one),
            "StorageTier": one.storage_tier,
            "Tags": [{"Key": tag["key"], "Value": tag["value"]} for tag in one.tag_set],
            "VolumeId": one.volume_id,
            "VolumeSize": one.volume_size,
        }


_IS_ROOT = "Volume {} is the root volume; use ExcludeBootVolume to leave it out."


def _root(instance: Any) -> str:
    return instance.root_device_name or "/dev/sda1"


def _own(tags: dict[str, str]) -> dict[str, str]:
    """Return the tags that people wrote; AWS's own are not copied."""
    return {key: value for key, value in tags.items() if not key.startswith("aws:")}
