"""Which launch templates and groups stand on an image."""

from typing import TYPE_CHECKING

from aws import autoscaling_image, launch_template
from aws.account import Accounts
from tests.aws.conftest import PLACE
from tests.aws.wire import Wire, answering

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client

GROUPS = """<R><DescribeAutoScalingGroupsResult><AutoScalingGroups><member>
<AutoScalingGroupName>web</AutoScalingGroupName><MixedInstancesPolicy><LaunchTemplate><Overrides>
<member><InstanceType>t3.micro</InstanceType><ImageId>ami-1</ImageId></member>
<member><InstanceType>t3.small</InstanceType><ImageId>ami-1</ImageId></member>
<member><InstanceType>t3.large</InstanceType></member>
</Overrides></LaunchTemplate></MixedInstancesPolicy></member></AutoScalingGroups>
</DescribeAutoScalingGroupsResult></R>"""


def test_every_version_of_every_template_is_looked_at(ec2: "EC2Client") -> None:
    for name, images in {"web": ("ami-1", "ami-2", "ami-1"), "base": ("ami-3", "ami-2")}.items():
        first, *later = images
        ec2.create_launch_template(LaunchTemplateName=name, LaunchTemplateData={"ImageId": first})
        for image in later:
            ec2.create_launch_template_version(LaunchTemplateName=name, LaunchTemplateData={"ImageId": image})
    assert launch_template.users_of(ec2, {"ami-1", "ami-2", "ami-9"}) == {
        "ami-1": ("web v1", "web v3"),
        "ami-2": ("web v2", "base v2"),
    }


def test_an_image_that_a_group_names_for_one_of_its_types_is_found(wire: Wire, wired: Accounts) -> None:
    """Source: "LaunchTemplateOverrides", Auto Scaling API reference."""
    wire.reactions = [answering(GROUPS)]
    assert autoscaling_image.overrides_of(wired.autoscaling(PLACE), {"ami-1"}) == {"ami-1": ("web",)}
