"""An image that stands on real snapshots; moto's own have one device of 15 GiB, whatever was asked."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from moto.ec2.models.amis import Ami
from moto.ec2.utils import random_ami_id

if TYPE_CHECKING:
    from moto.ec2.models.elastic_block_store import Snapshot

Device = dict[str, Any]


class LocalImage(Ami):
    """An image with the devices it was made with, and where it was copied from."""

    def __init__(self, backend: Any, devices: list[Device], image_id: str = "", **more: Any) -> None:
        super().__init__(backend, image_id or random_ami_id(), root_device_type="ebs", **more)
        del backend.snapshots[self.ebs_snapshot.id]  # the one moto made
        self.devices = devices
        self.state_reason: dict[str, str] | None = None
        self.source_image_id: str | None = None
        self.source_image_region: str | None = None

    @property
    def block_device_mappings(self) -> list[Device]:
        """Return the devices as DescribeImages shows them."""
        return self.devices


def device(name: str, snapshot: "Snapshot", **ebs: Any) -> Device:
    """Return a device that stands on this snapshot; `ebs` is the rest of EC2's EbsBlockDevice."""
    held = {"SnapshotId": snapshot.id, "VolumeSize": snapshot.volume_size, "Encrypted": snapshot.encrypted}
    return {"DeviceName": name, "Ebs": held | ebs}


def snapshot_ids(image: Ami) -> tuple[str, ...]:
    """Return the snapshots an image stands on."""
    held = (each.get("Ebs", {}).get("SnapshotId", "") for each in image.block_device_mappings)
    return tuple(key for key in held if key)


def devices_of_instance(
    backend: Any, instance: Any, image_id: str, left_out: Collection[str] = ()
) -> list[Device]:
    """Take a snapshot of each volume of an instance, but of the devices left out, for an image of it."""
    words = f"Created by CreateImage({instance.id}) for {image_id}"
    held = [(at, one) for at, one in instance.get_block_device_mapping if at not in left_out]
    return [_snapped(backend, at, one, words) for at, one in held]


def _snapped(backend: Any, at: str, held: Any, words: str) -> Device:
    volume = backend.volumes[held.volume_id]
    snapshot = backend.create_snapshot(volume.id, words)
    snapshot.kms_key_id = volume.kms_key_id
    goes = bool(held.delete_on_termination)
    return device(at, snapshot, VolumeType=volume.volume_type, DeleteOnTermination=goes)
