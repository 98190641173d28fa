"""EC2 launch templates: which of their versions stand on an image."""

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from aws.page import pages

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client

_PAGE = 200  # the most templates, or versions, that EC2 puts on a page


def users_of(ec2: "EC2Client", image_ids: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return, for each of these images that a launch template uses, the versions that do: "web v3".

    Any version counts, not only the latest and the default: a group may name each.  An image named by a
    Systems Manager parameter is looked up by EC2.  Raises AwsError.
    """
    users: dict[str, tuple[str, ...]] = {}
    if not image_ids:
        return users
    for template in _templates(ec2):
        for name, version, image_id in _versions(ec2, template):
            if image_id in image_ids:
                users[image_id] = (*users.get(image_id, ()), f"{name} v{version}")
    return users


def _templates(ec2: "EC2Client") -> Iterator[str]:
    found = ec2.get_paginator("describe_launch_templates").paginate(PaginationConfig={"PageSize": _PAGE})
    for page in pages("listing launch templates", found):
        yield from (raw["LaunchTemplateId"] for raw in page["LaunchTemplates"])


def _versions(ec2: "EC2Client", template: str) -> Iterator[tuple[str, int, str]]:
    """Name, version and image of each version of a template."""
    found = ec2.get_paginator("describe_launch_template_versions").paginate(
        LaunchTemplateId=template, ResolveAlias=True, PaginationConfig={"PageSize": _PAGE}
    )
    for page in pages(f"reading the versions of {template}", found):
        for raw in page["LaunchTemplateVersions"]:
            data = raw.get("LaunchTemplateData", {})
            yield raw.get("LaunchTemplateName", template), raw["VersionNumber"], data.get("ImageId", "")
