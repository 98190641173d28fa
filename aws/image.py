"""Machine images (AMIs) of our own: look at them, create, copy and deregister them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from aws import timestamp
from aws.errors import speaking_plainly
from aws.filters import MOST_VALUES, batches, by_tags
from aws.page import SIZE, pages
from aws.tags import Tags

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client
    from mypy_boto3_ec2.type_defs import ImageTypeDef, TagSpecificationTypeDef


@dataclass(frozen=True, slots=True)
class Image:
    """An AMI as toban talks about it; the words are EC2's own."""

    id: str
    name: str  # the image's own name, which every image has; not a tag
    state: str  # pending, available, invalid, deregistered, transient, failed, error, disabled
    created: datetime  # in UTC
    snapshot_ids: tuple[str, ...]
    tags: Tags
    why: str = ""  # it failed, as EC2 says it; "" mostly
    size_gib: int = 0  # of its volumes together
    public: bool = False  # the whole world may launch it


@dataclass(frozen=True, slots=True)
class Made:
    """An image just begun, mostly pending."""

    request_id: str
    id: str


NAME_LENGTH = 128
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9()\[\] ./'@_-]")


def name_for(words: str, ending: str) -> str:
    """A name that EC2 takes for an image: the words, shortened and cleaned as needed, and the ending whole.

    Source: "CreateImage" in the EC2 API reference, 3 to 128 letters, digits and ()[] ./-'@_.
    """
    clean = _NOT_IN_NAMES.sub("-", words).strip()
    return f"{clean[: NAME_LENGTH - len(ending) - 1].strip()} {ending}".strip()


def find(
    ec2: "EC2Client",
    *,
    ids: Sequence[str] = (),
    names: Sequence[str] = (),
    tags: Sequence[tuple[str, str]] = (),
    states: Sequence[str] = (),
) -> Iterator[Image]:
    """Yield our own images that match everything given; with nothing given, all of them.

    Disabled ones too.  Names and tag values may hold `*` and `?`; an empty tag value means any.  An id
    that does not exist is simply absent.  Raises AwsError.
    """
    wanted = {"image-id": ids, "name": names, "state": states, **by_tags(tags)}
    yield from _find(ec2, wanted, "listing images")


def users_of(ec2: "EC2Client", snapshot_ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return, for each of the snapshots that images use, the ids of those images.

    A snapshot that no image uses is not in the answer.  More than fit one filter are looked for in all of
    our own images, of which there are fewer.  Raises AwsError.
    """
    users: dict[str, tuple[str, ...]] = {}
    if not snapshot_ids:  # no filter would mean every image
        return users
    asked = set(snapshot_ids)
    few = snapshot_ids if len(asked) <= MOST_VALUES else ()
    wanted = {"block-device-mapping.snapshot-id": few}
    for image in _find(ec2, wanted, "looking for images that use snapshots"):
        for snapshot_id in asked.intersection(image.snapshot_ids):
            users[snapshot_id] = (*users.get(snapshot_id, ()), image.id)
    return users


def create(
    ec2_once: "EC2Client",
    instance_id: str,
    *,
    name: str,
    description: str,
    tags: Mapping[str, str],
    snapshot_tags: Mapping[str, str],
    reboot: bool,
) -> Made:
    """Begin an image of an instance and of all its volumes; it and its snapshots carry these tags at once.

    Without `reboot` the file systems are taken as they are at that moment.  Not repeatable: needs a client
    that does not repeat; look for the tags before another try.  A name that is taken is Refused with the
    code InvalidAMIName.Duplicate.  Raises AwsError.
    """
    with speaking_plainly(f"creating an image of {instance_id}"):
        reply = ec2_once.create_image(
            InstanceId=instance_id,
            Name=name,
            Description=description,
            NoReboot=not reboot,
            TagSpecifications=_specified(tags, snapshot_tags),
        )
    return Made(reply["ResponseMetadata"]["RequestId"], reply["ImageId"])


def copy(
    ec2_once: "EC2Client",
    image_id: str,
    source_region: str,
    *,
    name: str,
    description: str,
    tags: Mapping[str, str],
    snapshot_tags: Mapping[str, str],
    kms_key_id: str = "",
    token: str,
) -> Made:
    """Begin a copy in the region of this client; with a key, all of it is encrypted by that key.

    Without one, what was encrypted is encrypted by the region's default key.  The same token again makes
    no second copy; look for the tags before another try all the same.  Raises AwsError.
    """
    key: dict[str, Any] = {"Encrypted": True, "KmsKeyId": kms_key_id} if kms_key_id else {}
    with speaking_plainly(f"copying {image_id} from {source_region}"):
        reply = ec2_once.copy_image(
            SourceImageId=image_id,
            SourceRegion=source_region,
            Name=name,
            Description=description,
            TagSpecifications=_specified(tags, snapshot_tags),
            ClientToken=token,
            **key,
        )
    return Made(reply["ResponseMetadata"]["RequestId"], reply["ImageId"])


def deregister(ec2: "EC2Client", image_id: str) -> str:
    """Deregister an image for good, with its snapshots, and return AWS's request id.

    A snapshot that another image stands on stays.  Instances that run from it go on.  Raises NotFound when
    it is gone already, or another AwsError.
    """
    with speaking_plainly(f"deregistering {image_id}"):
        reply = ec2.deregister_image(ImageId=image_id, DeleteAssociatedSnapshots=True)
    return reply["ResponseMetadata"]["RequestId"]


def _specified(tags: Mapping[str, str], snapshot_tags: Mapping[str, str]) -> "list[TagSpecificationTypeDef]":
    return [*Tags.of(tags).written("image"), *Tags.of(snapshot_tags).written("snapshot")]


def _find(ec2: "EC2Client", wanted: dict[str, Sequence[str]], doing: str) -> Iterator[Image]:
    paginator = ec2.get_paginator("describe_images")
    seen: set[str] = set()  # an image of several snapshots is found in several batches
    for filters in batches(wanted):
        found = paginator.paginate(
            Owners=["self"], IncludeDisabled=True, Filters=filters, PaginationConfig={"PageSize": SIZE}
        )
        for page in pages(doing, found):
            new = [raw for raw in page["Images"] if raw["ImageId"] not in seen]
            seen.update(raw["ImageId"] for raw in new)
            yield from map(_image, new)


def _image(raw: "ImageTypeDef") -> Image:
    devices = [device["Ebs"] for device in raw.get("BlockDeviceMappings", []) if "Ebs" in device]
    held = (device.get("SnapshotId", "") for device in devices)
    return Image(
        id=raw["ImageId"],
        name=raw.get("Name", ""),
        state=raw["State"],
        created=timestamp.parse(raw["CreationDate"]),  # EC2 has this one as text
        snapshot_ids=tuple(snapshot_id for snapshot_id in held if snapshot_id),
        tags=Tags.read(raw.get("Tags")),
        why=raw.get("StateReason", {}).get("Message", ""),
        size_gib=sum(device.get("VolumeSize", 0) for device in devices),
        public=raw.get("Public", False),
    )
