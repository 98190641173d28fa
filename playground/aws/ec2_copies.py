"""CopySnapshot as AWS answers it: sent to the destination, slow, limited, and refused late by KMS."""

import copy
from typing import Any

from moto.backends import get_backend
from moto.core.responses import ActionResult
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models.elastic_block_store import Snapshot
from moto.ec2.responses.elastic_block_store import ElasticBlockStore
from moto.ec2.utils import random_snapshot_id

from playground.aws.kms import key_of_copy
from playground.aws.snapshots import SnapshotTimes
from playground.aws.storage import must_be_restorable

AT_ONCE = 20  # copies under way to one region of one account ("Amazon EBS endpoints and quotas")
_TOO_MANY = f"Too many snapshot copies in progress. The limit is {AT_ONCE} for this destination region."
NO_VOLUME = "vol-ffffffff"  # a copy's VolumeId says nothing


class CopyCalls(ElasticBlockStore):
    """Copies of snapshots, with tags and keys."""

    snapshots: SnapshotTimes

    def copy_snapshot(self) -> ActionResult:
        """A copy in this region, pending at first; the original must be complete."""
        tags = self._parse_tag_specification("snapshot").get("snapshot", {})
        source = get_backend("ec2")[self.current_account][self._get_param("SourceRegion")]
        original = known_snapshot(source, self._get_param("SourceSnapshotId"))
        must_be_restorable(original)
        wants, key_id = bool(self._get_bool_param("Encrypted")), self._get_param("KmsKeyId")
        key = key_of_copy(self.ec2_backend, original.encrypted, wants, key_id)
        if self.snapshots.copies_to(self.ec2_backend) >= AT_ONCE:
            words = (
                f"Too many snapshot copies in progress. The limit is {AT_ONCE} for this destination region."
            )
            raise EC2ClientError("ResourceLimitExceeded", words)
        self.error_on_dryrun()
        made = copy_of(original, self.ec2_backend, self._get_param("Description", ""), key)
        made.add_tags(tags)
        self.snapshots.begin_copy(made)
        return ActionResult({"SnapshotId": made.id, "Tags": _written(tags)})


def copy_of(original: Any, backend: Any, description: str, key: str | None) -> Any:
    """Put a copy of a snapshot into a place and return it; its volume is of the same size, and nobody's."""
    volume = copy.copy(original.volume)
    volume.id = NO_VOLUME
    made = Snapshot(backend, random_snapshot_id(), volume, description, bool(key), key)
    backend.snapshots[made.id] = made
    return made


def known_snapshot(backend: Any, key: str) -> Any:
    """Return the snapshot of the place, or refuse as EC2 does."""
    found = backend.snapshots.get(key)
    if found is None:
        raise EC2ClientError("InvalidSnapshot.NotFound", f"The snapshot '{key}' does not exist.")
    return found


def _written(tags: dict[str, str]) -> list[dict[str, str]]:
    return [{"Key": key, "Value": value} for key, value in tags.items()]
