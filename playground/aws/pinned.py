"""Images that stand on an old snapshot of toban's, so that it cannot be deleted."""

from typing import TYPE_CHECKING, Any

from moto.ec2.utils import random_ami_id

from playground.aws.fleet import DEVELOPMENT, PRODUCTION, ZONES
from playground.aws.local_image import LocalImage, device

if TYPE_CHECKING:
    from playground.aws.server import LocalAws

NAME = "rescue-"  # what the names of these images begin with


def pin(aws: "LocalAws", volume_id: str) -> str:
    """Make an image of the oldest snapshot that toban took of this volume; return its id.

    Raises ValueError when there is no such snapshot.
    """
    with aws.control.lock:
        for backend in _backends(aws):
            if volume_id in backend.volumes:
                return _image(backend, _oldest(backend, volume_id))
    raise ValueError(f"there is no volume {volume_id}")


def stands(aws: "LocalAws", image_id: str) -> bool:
    """Whether the image is still there."""
    return any(image_id in backend.amis for backend in _backends(aws))


def unpin(aws: "LocalAws") -> None:
    """Deregister every image that `pin` made."""
    with aws.control.lock:
        for backend in _backends(aws):
            for one in [one for one in backend.amis.values() if one.name.startswith(NAME)]:
                del backend.amis[one.id]


def _backends(aws: "LocalAws") -> list[Any]:  # moto's models are untyped
    return [aws.backend("ec2", account, region) for account in (PRODUCTION, DEVELOPMENT) for region in ZONES]


def _oldest(backend: Any, volume_id: str) -> Any:
    found = [
        one
        for one in backend.snapshots.values()
        if one.volume_id == volume_id and backend.tags.get(one.id, {}).get("toban:kind") == "snapshot"
    ]
    if not found:
        raise ValueError(f"toban has taken no snapshot of {volume_id}")
    return min(found, key=lambda one: one.start_time)


def _image(backend: Any, snapshot: Any) -> str:
    key = random_ami_id()
    name = f"{NAME}{backend.tags[snapshot.id].get('Name', snapshot.id)}-{key[-4:]}"
    made = LocalImage(backend, [device("/dev/sda1", snapshot)], key, name=name, description="")
    backend.amis[key] = made
    backend.tags[key].update({"Name": name})
    return key
