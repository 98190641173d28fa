"""Machine images (AMIs) of our own: look at them, and at what they hold on to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from aws import timestamp
from aws.filters import batches, by_tags
from aws.page import SIZE, pages
from aws.tags import Tags

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client
    from mypy_boto3_ec2.type_defs import ImageTypeDef


@dataclass(frozen=True, slots=True)
class Image:
    """An AMI as toban talks about it; the words are EC2's own."""

    id: str
    name: str  # the image's own name, which every image has; not a tag
    state: str  # pending, available, invalid, deregistered, transient, failed, error, disabled
    created: datetime  # in UTC
    snapshot_ids: tuple[str, ...]
    tags: Tags


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

    A snapshot that no image uses is not in the answer.  Raises AwsError.
    """
    users: dict[str, tuple[str, ...]] = {}
    if not snapshot_ids:  # no filter would mean every image
        return users
    asked = set(snapshot_ids)
    wanted = {"block-device-mapping.snapshot-id": snapshot_ids}
    for image in _find(ec2, wanted, "looking for images that use snapshots"):
        for snapshot_id in asked.intersection(image.snapshot_ids):
            users[snapshot_id] = (*users.get(snapshot_id, ()), image.id)
    return users


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
    devices = raw.get("BlockDeviceMappings", [])
    held = (device["Ebs"].get("SnapshotId", "") for device in devices if "Ebs" in device)
    return Image(
        id=raw["ImageId"],
        name=raw.get("Name", ""),
        state=raw["State"],
        created=timestamp.parse(raw["CreationDate"]),  # EC2 has this one as text
        snapshot_ids=tuple(snapshot_id for snapshot_id in held if snapshot_id),
        tags=Tags.read(raw.get("Tags")),
    )
