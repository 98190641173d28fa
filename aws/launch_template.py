"""EC2 launch templates: which of their versions stand on an image, and make one like an instance.

Reads come first, changes after.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aws.errors import speaking_plainly
from aws.filters import batches, by_tags
from aws.instance import Launch
from aws.page import pages
from aws.tags import Tags

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client

_PAGE = 200  # the most templates, or versions, that EC2 puts on a page


@dataclass(frozen=True, slots=True)
class Template:
    """A launch template as toban talks about it."""

    id: str
    name: str
    tags: Tags


@dataclass(frozen=True, slots=True)
class Model:
    """As what an instance runs, with what matters for its safety and its watching."""

    launch: Launch
    tokens: str = ""  # of its metadata service: required, optional; "" when EC2 does not say
    monitored: bool = False  # its metrics come each minute
    interfaces: int = 1  # network interfaces; a launch has one


@dataclass(frozen=True, slots=True)
class Made:
    """A template just made."""

    request_id: str
    id: str


def find(
    ec2: "EC2Client", *, names: Sequence[str] = (), tags: Sequence[tuple[str, str]] = ()
) -> Iterator[Template]:
    """Yield the templates with these names and tags; one that does not exist is absent.  Raises AwsError."""
    paginator = ec2.get_paginator("describe_launch_templates")
    for filters in batches({"launch-template-name": names, **by_tags(tags)}):
        found = paginator.paginate(Filters=filters, PaginationConfig={"PageSize": _PAGE})
        for page in pages("looking for launch templates", found):
            for raw in page["LaunchTemplates"]:
                yield Template(raw["LaunchTemplateId"], raw["LaunchTemplateName"], Tags.read(raw.get("Tags")))


def model_of(ec2: "EC2Client", instance_id: str) -> Model:
    """As what an instance runs.  Raises AwsError: NotFound when it is gone."""
    with speaking_plainly(f"reading as what {instance_id} runs"):
        reply = ec2.describe_instances(InstanceIds=[instance_id])
        raw = reply["Reservations"][0]["Instances"][0]
    profile = raw.get("IamInstanceProfile", {}).get("Arn", "").rpartition("/")[2]
    groups = tuple(sorted(one["GroupId"] for one in raw.get("SecurityGroups", [])))
    return Model(
        Launch(raw["InstanceType"], raw.get("SubnetId", ""), groups, raw.get("KeyName", ""), profile),
        tokens=raw.get("MetadataOptions", {}).get("HttpTokens", ""),
        monitored=raw.get("Monitoring", {}).get("State") == "enabled",
        interfaces=len(raw.get("NetworkInterfaces", [])),
    )


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


# -- changes ------------------------------------------------------------------------------------------


def create(
    ec2: "EC2Client",
    name: str,
    image_id: str,
    model: Model,
    *,
    launched_tags: Mapping[str, str],
    tags: Mapping[str, str],
    token: str,
) -> Made:
    """Make a template that runs an image like the model, in whatever subnet is chosen then.

    Instances and volumes run by it carry `launched_tags`; it carries `tags` at once.  The same token again
    makes no second one.  Raises AwsError.
    """
    launch = model.launch
    data: dict[str, Any] = {
        "ImageId": image_id,
        "InstanceType": launch.type,
        "SecurityGroupIds": list(launch.group_ids),
        "KeyName": launch.key_name,
        "IamInstanceProfile": {"Name": launch.profile} if launch.profile else None,
        "MetadataOptions": {"HttpTokens": model.tokens} if model.tokens else None,
        "Monitoring": {"Enabled": True} if model.monitored else None,
        "TagSpecifications": Tags.of(launched_tags).written("instance", "volume"),
    }
    with speaking_plainly(f"making the launch template {name}"):
        reply = ec2.create_launch_template(
            LaunchTemplateName=name,
            LaunchTemplateData={key: value for key, value in data.items() if value},  # type: ignore[arg-type] # its keys
            TagSpecifications=Tags.of(tags).written("launch-template"),
            ClientToken=token,
        )
    return Made(reply["ResponseMetadata"]["RequestId"], reply["LaunchTemplate"].get("LaunchTemplateId", ""))
