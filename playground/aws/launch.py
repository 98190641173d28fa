"""The volumes an instance starts with: what its image has, changed by what the launch asks for."""

from typing import Any

from playground.aws.local_image import Device, LocalImage
from playground.aws.storage import must_be_restorable


def devices_of(image: Any, asked: list[Device], backend: Any) -> list[Device]:
    """Return the block device mappings of a launch; moto's own images have none worth having."""
    if not isinstance(image, LocalImage):
        return asked
    changed = {one["DeviceName"]: one for one in asked}
    kept = [
        _device(one, changed.pop(one["DeviceName"], {}).get("Ebs", {}), backend)
        for one in image.devices
        if "NoDevice" not in changed.get(one["DeviceName"], {})
    ]
    return kept + [one for one in changed.values() if "NoDevice" not in one]


def _device(one: Device, asked: dict[str, Any], backend: Any) -> Device:
    snapshot = backend.snapshots[one["Ebs"]["SnapshotId"]]
    must_be_restorable(snapshot)
    ebs = {**one["Ebs"], "KmsKeyId": snapshot.kms_key_id, **asked}
    return {"DeviceName": one["DeviceName"], "Ebs": {k: v for k, v in ebs.items() if v is not None}}
