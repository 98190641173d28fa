"""Which launch templates and groups stand on an image."""

from typing import TYPE_CHECKING

from aws import autoscaling_image, launch_template
from aws.account import Accounts
from aws.instance import Launch
from aws.launch_template import Model
from tests.aws.conftest import PLACE
from tests.aws.wire import Wire, answering
from tests.canned import TOKYO, CannedAccounts

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client

GROUPS = """<R><DescribeAutoScalingGroupsResult><AutoScalingGroups><member>
<AutoScalingGroupName>web</AutoScalingGroupName><MixedInstancesPolicy><LaunchTemplate><Overrides>
<member><InstanceType>t3.micro</InstanceType><ImageId>ami-1</ImageId></member>
<member><InstanceType>t3.small</InstanceType><ImageId>ami-1</ImageId></member>
<member><InstanceType>t3.large</InstanceType></member>
</Overrides></LaunchTemplate></MixedInstancesPolicy></member></AutoScalingGroups>
</DescribeAutoScalingGroupsResult></R>"""


def test_every_version_of_every_template_is_looked_at(ec2: "EC2Client", hand: "EC2Client") -> None:
    for name, images in {"web": ("ami-1", "ami-2", "ami-1"), "base": ("ami-3", "ami-2")}.items():
        first, *later = images
        ec2.create_launch_template(LaunchTemplateName=name, LaunchTemplateData={"ImageId": first})
        for image in later:
            hand.create_launch_template_version(
                LaunchTemplateName=name, LaunchTemplateData={"ImageId": image}
            )
    assert launch_template.users_of(ec2, {"ami-1", "ami-2", "ami-9"}) == {
        "ami-1": ("web v1", "web v3"),
        "ami-2": ("web v2", "base v2"),
    }


def test_an_image_that_a_group_names_for_one_of_its_types_is_found(wire: Wire, wired: Accounts) -> None:
    """Source: "LaunchTemplateOverrides", Auto Scaling API reference."""
    wire.reactions = [answering(GROUPS)]
    assert autoscaling_image.overrides_of(wired.autoscaling(PLACE), {"ami-1"}) == {"ami-1": ("web",)}


def test_what_matters_for_the_safety_of_an_instance_is_in_its_model() -> None:
    """A contract test: moto shows no instance that demands tokens of its metadata service."""
    raw = {
        "InstanceId": "i-1",
        "InstanceType": "m7i.large",
        "SubnetId": "subnet-1",
        "KeyName": "on-duty",
        "SecurityGroups": [{"GroupId": "sg-2"}, {"GroupId": "sg-1"}],
        "IamInstanceProfile": {"Arn": "arn:aws:iam::123456789012:instance-profile/path/wiki", "Id": "x"},
        "MetadataOptions": {"HttpTokens": "required"},
        "Monitoring": {"State": "enabled"},
        "NetworkInterfaces": [{}, {}],
    }
    aws = CannedAccounts({"ec2.DescribeInstances": {"Reservations": [{"Instances": [raw]}]}})
    launch = Launch("m7i.large", "subnet-1", ("sg-1", "sg-2"), "on-duty", "wiki")
    assert launch_template.model_of(aws.ec2(TOKYO), "i-1") == Model(
        launch, "required", monitored=True, interfaces=2
    )
