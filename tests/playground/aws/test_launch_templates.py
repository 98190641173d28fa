"""Who starts instances from an image: launch templates and Auto Scaling groups of the local AWS."""

from typing import TYPE_CHECKING, Any

import pytest

from playground.aws.server import LocalAws

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client


@pytest.fixture
def image(ec2: "EC2Client", instance: str) -> str:
    return ec2.create_image(InstanceId=instance, Name="web-01", NoReboot=True)["ImageId"]


def test_a_launch_template_says_which_image_it_starts(ec2: "EC2Client", image: str) -> None:
    ec2.create_launch_template(LaunchTemplateName="web", LaunchTemplateData={"ImageId": "ami-12345678"})
    ec2.create_launch_template_version(LaunchTemplateName="web", LaunchTemplateData={"ImageId": image})
    named = ec2.describe_launch_template_versions(LaunchTemplateName="web")["LaunchTemplateVersions"]
    assert [one["LaunchTemplateData"]["ImageId"] for one in named] == ["ami-12345678", image]


def test_every_template_is_asked_at_once_for_its_latest_and_its_default_version(
    ec2: "EC2Client", image: str
) -> None:
    for name in ("api", "web"):
        ec2.create_launch_template(LaunchTemplateName=name, LaunchTemplateData={"ImageId": "ami-12345678"})
    ec2.create_launch_template_version(LaunchTemplateName="web", LaunchTemplateData={"ImageId": image})
    pages = ec2.get_paginator("describe_launch_template_versions").paginate(Versions=["$Latest", "$Default"])
    found = [one for page in pages for one in page["LaunchTemplateVersions"]]
    assert {(one["LaunchTemplateName"], one["VersionNumber"]) for one in found} == {
        ("api", 1),
        ("web", 1),
        ("web", 2),
    }


def test_more_versions_than_fifteen_come_in_pages(ec2: "EC2Client", image: str) -> None:
    ec2.create_launch_template(LaunchTemplateName="web", LaunchTemplateData={"ImageId": image})
    for _ in range(19):
        ec2.create_launch_template_version(LaunchTemplateName="web", LaunchTemplateData={"ImageId": image})
    asked = ec2.get_paginator("describe_launch_template_versions")
    pages = asked.paginate(LaunchTemplateName="web", PaginationConfig={"PageSize": 12})
    assert [len(page["LaunchTemplateVersions"]) for page in pages] == [12, 8]


def test_versions_are_found_by_their_image(ec2: "EC2Client", image: str) -> None:
    for name, of in (("api", "ami-12345678"), ("web", image)):
        ec2.create_launch_template(LaunchTemplateName=name, LaunchTemplateData={"ImageId": of})
    wanted: Any = [{"Name": "image-id", "Values": [image]}]
    found = ec2.describe_launch_template_versions(Versions=["$Latest"], Filters=wanted)
    assert [one["LaunchTemplateName"] for one in found["LaunchTemplateVersions"]] == ["web"]


def test_a_group_names_its_launch_template_or_its_launch_configuration(
    aws: LocalAws, ec2: "EC2Client", image: str
) -> None:
    scaling = aws.client("autoscaling", account="111111111111")
    ec2.create_launch_template(LaunchTemplateName="web", LaunchTemplateData={"ImageId": image})
    scaling.create_launch_configuration(
        LaunchConfigurationName="api", ImageId=image, InstanceType="m7i.large"
    )
    size = {"MinSize": 0, "MaxSize": 2, "AvailabilityZones": ["ap-northeast-1a"]}
    by_template = {"LaunchTemplateName": "web", "Version": "$Latest"}
    scaling.create_auto_scaling_group(AutoScalingGroupName="web", LaunchTemplate=by_template, **size)
    scaling.create_auto_scaling_group(AutoScalingGroupName="api", LaunchConfigurationName="api", **size)
    groups = {
        one["AutoScalingGroupName"]: one
        for one in scaling.describe_auto_scaling_groups()["AutoScalingGroups"]
    }
    assert groups["web"]["LaunchTemplate"]["LaunchTemplateName"] == "web"
    assert groups["api"]["LaunchConfigurationName"] == "api"
    (configuration,) = scaling.describe_launch_configurations()["LaunchConfigurations"]
    assert configuration["ImageId"] == image
