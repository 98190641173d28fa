"""EC2's image calls as AWS answers them, where moto knows less: finding, disabling, deregistering."""

from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.exceptions import EC2ClientError, InvalidAMIIdError
from moto.ec2.responses.amis import AmisResponse

from playground.aws.fast_restores import FastRestores
from playground.aws.images import ImageTimes
from playground.aws.local_image import snapshot_ids
from playground.aws.paging import page
from playground.aws.snapshots import SnapshotTimes

BY_SNAPSHOT = "block-device-mapping.snapshot-id"


class ImageCalls(AmisResponse):
    """Images that can be found by their snapshots, disabled, and removed with their snapshots."""

    images: ImageTimes
    snapshots: SnapshotTimes
    fast_restores: FastRestores

    def describe_images(self) -> ActionResult:
        """The images that fit, page by page; very new ones and disabled ones may be missing."""
        self.error_on_dryrun()
        ids = self._get_param("ImageIds", [])
        self._must_be_known(ids)
        filters = self._filters_from_querystring()
        wanted = filters.pop(BY_SNAPSHOT, None)
        found = self.ec2_backend.describe_images(
            ami_ids=ids,
            filters=filters,
            exec_users=self._get_param("ExecutableUsers", []),
            owners=self._get_param("Owners", []),
        )
        images = [one for one in found if self._shows(one) and (wanted is None or _stands_on(one, wanted))]
        rows, token = page(images, self._get_param("MaxResults"), self._get_param("NextToken"))
        return ActionResult({"Images": rows, "NextToken": token})

    def disable_image(self) -> ActionResult:
        """An available image stays, unseen and unusable, until it is enabled."""
        must_be(self._image(self._get_param("ImageId")), "available")
        return super().disable_image()

    def enable_image(self) -> ActionResult:
        """A disabled image can be used again; an available one stays so."""
        must_be(self._image(self._get_param("ImageId")), "disabled", "available")
        return super().enable_image()

    def deregister_image(self) -> ActionResult:
        """The image goes; with DeleteAssociatedSnapshots, its snapshots too that no other image uses."""
        image = self._image(self._get_param("ImageId"))
        super().deregister_image()
        self.images.forget(image.id)
        if not self._get_bool_param("DeleteAssociatedSnapshots"):
            return ActionResult({"Return": True})
        results = [
            {"SnapshotId": key, "ReturnCode": self._delete_unless_used(key)} for key in snapshot_ids(image)
        ]
        return ActionResult({"Return": True, "DeleteSnapshotResults": results})

    def _delete_unless_used(self, key: str) -> str:
        """Return the code DeregisterImage has for it ("DeleteSnapshotReturnCode", EC2 API Reference)."""
        if any(key in snapshot_ids(other) for other in self.ec2_backend.amis.values()):
            return "skipped"
        self.snapshots.forget(key)
        self.fast_restores.forget(key)
        return "success" if self.ec2_backend.snapshots.pop(key, None) else "client-error"

    def _shows(self, image: Any) -> bool:
        disabled = image.state == "disabled" and not self._get_bool_param("IncludeDisabled")
        return not disabled and self.images.is_visible(image.id)

    def _must_be_known(self, ids: list[str]) -> None:
        gone = set(self.ec2_backend.deleted_amis)
        missing = [key for key in ids if key not in gone and not self._is_there(key)]
        if missing and all(key.startswith("ami-") for key in ids):
            raise InvalidAMIIdError(missing)

    def _is_there(self, key: str) -> bool:
        return key in self.ec2_backend.amis and self.images.is_visible(key)

    def _image(self, key: str) -> Any:
        """Return the image; moto refuses the ids it does not know, and the deregistered ones."""
        if not self._is_there(key) and key not in self.ec2_backend.deleted_amis:
            raise InvalidAMIIdError([key])
        if key not in self.ec2_backend.amis:
            raise EC2ClientError("InvalidAMIID.Unavailable", f"The image id '[{key}]' is no longer available")
        return self.ec2_backend.amis[key]


def must_be(image: Any, *states: str) -> None:
    """Refuse what cannot be done with an image in its state."""
    if image.state not in states:
        words = f"The image id '[{image.id}]' is {image.state}, not {' or '.join(states)}"
        raise EC2ClientError("InvalidAMIID.Unavailable", words)


def _stands_on(image: Any, wanted: Sequence[str]) -> bool:
    return any(fnmatchcase(held, pattern) for held in snapshot_ids(image) for pattern in wanted)
