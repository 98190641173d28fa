"""EC2's image calls as AWS answers them, where moto knows less."""

from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.responses.amis import AmisResponse

BY_SNAPSHOT = "block-device-mapping.snapshot-id"


class ImageCalls(AmisResponse):
    """Images that can be found by the snapshots they stand on."""

    def describe_images(self) -> ActionResult:
        """The images that fit, those on certain snapshots if asked for."""
        self.error_on_dryrun()
        filters = self._filters_from_querystring()
        wanted = filters.pop(BY_SNAPSHOT, None)
        images = self.ec2_backend.describe_images(
            ami_ids=self._get_param("ImageIds", []),
            filters=filters,
            exec_users=self._get_param("ExecutableUsers", []),
            owners=self._get_param("Owners", []),
        )
        if wanted is not None:
            images = [image for image in images if _stands_on(image, wanted)]
        return ActionResult({"Images": images})


def _stands_on(image: Any, wanted: Sequence[str]) -> bool:
    held = [mapping.get("Ebs", {}).get("SnapshotId", "") for mapping in image.block_device_mappings]
    return any(fnmatchcase(snapshot, pattern) for snapshot in held for pattern in wanted)
