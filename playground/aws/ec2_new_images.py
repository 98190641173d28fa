"""CreateImage, CopyImage and RegisterImage as AWS answers them: devices, tags, and time."""

import re
from typing import Any

from moto.backends import get_backend
from moto.core.responses import ActionResult
from moto.ec2.exceptions import EC2ClientError, InvalidAMIIdError, InvalidTaggableResourceType
from moto.ec2.responses.amis import AmisResponse
from moto.ec2.utils import random_ami_id

from playground.aws.ec2_copies import copy_of, known_snapshot
from playground.aws.ec2_images import must_be
from playground.aws.images import ImageTimes
from playground.aws.instances import InstanceTimes
from playground.aws.kms import key_of_copy
from playground.aws.local_image import Device, LocalImage, device, devices_of_instance
from playground.aws.tokens import ClientTokens

_NAME = re.compile(r"[-A-Za-z0-9()\[\] ./'@_]{3,128}$")
_NAMES = (
    "AMI names must be between 3 and 128 characters long, and may contain letters, numbers, "
    "'(', ')', '.', '-', '/' and '_'"
)


class NewImageCalls(AmisResponse):
    """Images of instances, of images elsewhere, and of snapshots."""

    images: ImageTimes
    instances: InstanceTimes
    tokens: ClientTokens

    def create_image(self) -> ActionResult:
        """An image of an instance: a snapshot for each of its volumes, tags on both, pending at first."""
        tags, name = self._image_tags(), self._new_name()
        instance = self.ec2_backend.get_instance(self._get_param("InstanceId"))
        if instance.state not in {"running", "stopping", "stopped"}:
            words = f"Instance '{instance.id}' is not in a valid state for image creation: {instance.state}"
            raise EC2ClientError("IncorrectInstanceState", words)
        self.error_on_dryrun()
        if not self._get_bool_param("NoReboot"):
            self.instances.reboot(instance)
        key = random_ami_id()
        left_out = {
            one["DeviceName"] for one in self._get_param("BlockDeviceMappings", []) if "NoDevice" in one
        }
        devices = devices_of_instance(self.ec2_backend, instance, key, left_out)
        more = {"instance": instance, "name": name, "description": self._get_param("Description")}
        return self._begun(LocalImage(self.ec2_backend, devices, key, **more), tags)

    def copy_image(self) -> ActionResult:
        """An image from another region with copies of its snapshots, pending at first; one a client token."""
        at = (self.current_account, self.region, "CopyImage", self._get_param("ClientToken", ""))
        if made := self.tokens.made(at, self.params):
            return ActionResult({"ImageId": made})
        tags, source = self._image_tags(), self._source()
        original = source.amis.get(self._get_param("SourceImageId"))
        if original is None:
            raise InvalidAMIIdError([self._get_param("SourceImageId")])
        must_be(original, "available")
        self.error_on_dryrun()
        if self._get_bool_param("CopyImageTags"):
            own = {k: v for k, v in source.tags.get(original.id, {}).items() if not k.startswith("aws:")}
            tags["image"] = own | tags.get("image", {})
        copied = self._copy(original, source)
        self.tokens.remember(at, self.params, copied.id)
        return self._begun(copied, tags, is_copy=True)

    def register_image(self) -> ActionResult:
        """An image on snapshots that are there already, available at once."""
        wanted = self._get_param("BlockDeviceMappings", [])
        if not wanted:
            return super().register_image()
        tags, name = self._image_tags(), self._new_name()
        held = [(one["DeviceName"], one.get("Ebs", {}).get("SnapshotId", "")) for one in wanted]
        devices = [device(at, known_snapshot(self.ec2_backend, key)) for at, key in held]
        self.error_on_dryrun()
        made = LocalImage(self.ec2_backend, devices, name=name, description=self._get_param("Description"))
        self.ec2_backend.amis[made.id] = made
        made.add_tags(tags.get("image", {}))
        return ActionResult({"ImageId": made.id})

    def _begun(
        self, image: LocalImage, tags: dict[str, dict[str, str]], is_copy: bool = False
    ) -> ActionResult:
        self.ec2_backend.amis[image.id] = image
        image.add_tags(tags.get("image", {}))
        made = [self.ec2_backend.snapshots[one["Ebs"]["SnapshotId"]] for one in image.devices]
        for snapshot in made:
            snapshot.add_tags(tags.get("snapshot", {}))
        self.images.begin(image, made, is_copy)
        return ActionResult({"ImageId": image.id})

    def _source(self) -> Any:
        return get_backend("ec2")[self.current_account][self._get_param("SourceRegion")]

    def _copy(self, original: Any, source: Any) -> LocalImage:
        key = random_ami_id()
        devices = [self._copied(source, one, original.id, key) for one in original.block_device_mappings]
        more = {"name": self._get_param("Name"), "description": self._get_param("Description")}
        made = LocalImage(self.ec2_backend, devices, key, source_ami=original, **more)
        made.source_image_id, made.source_image_region = original.id, source.region_name
        return made

    def _copied(self, source: Any, one: Device, from_image: str, to_image: str) -> Device:
        original = known_snapshot(source, one["Ebs"]["SnapshotId"])
        wants, key_id = bool(self._get_bool_param("Encrypted")), self._get_param("KmsKeyId")
        key = key_of_copy(self.ec2_backend, original.encrypted, wants, key_id)
        words = (
            f"Copied for DestinationAmi {to_image} from SourceAmi {from_image} "
            f"for SourceSnapshot {original.id}."
        )
        made = copy_of(original, self.ec2_backend, words, key)
        rest = {name: one["Ebs"].get(name) for name in ("VolumeType", "DeleteOnTermination")}
        return device(one["DeviceName"], made, **rest)

    def _new_name(self) -> str:
        name: str = self._get_param("Name") or ""
        if not _NAME.match(name):
            raise EC2ClientError("InvalidAMIName.Malformed", _NAMES)
        for image in self.ec2_backend.amis.values():
            if image.name == name:
                words = f"AMI name {name} is already in use by AMI {image.id}"
                raise EC2ClientError("InvalidAMIName.Duplicate", words)
        return name

    def _image_tags(self) -> dict[str, dict[str, str]]:
        tags: dict[str, dict[str, str]] = self._parse_tag_specification()
        for kind in set(tags) - {"image", "snapshot"}:
            raise InvalidTaggableResourceType(kind)
        return tags
