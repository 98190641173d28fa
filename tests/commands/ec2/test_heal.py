from dataclasses import replace
from typing import Any

import pytest

from bot.arguments import UsageError
from bot.command import Batch, Called
from bot.operation import StepState
from commands.changes import make_group
from playground.aws.faults import Fault, Kind
from tests.commands.desk import DEV_ID, IMAGE, TOKYO, Desk, left
from tests.commands.ec2.test_drain import behind, registered


def lone(desk: Desk, env: str = "dev", **more: Any) -> str:
    """An instance of a security group and a key pair of its own, in the default VPC."""
    ec2 = desk.ec2()
    tags = [
        {
            "ResourceType": "instance",
            "Tags": [{"Key": "Name", "Value": "wiki"}, {"Key": "env", "Value": env}],
        }
    ]
    made = ec2.run_instances(
        ImageId=IMAGE,
        MinCount=1,
        MaxCount=1,
        InstanceType="t3.small",
        KeyName="on-duty",
        TagSpecifications=tags,
        **more,
    )
    return str(made["Instances"][0]["InstanceId"])


def groups(desk: Desk) -> list[dict[str, Any]]:
    client = desk.local.client("autoscaling", account=DEV_ID, region=TOKYO)
    return list(client.describe_auto_scaling_groups()["AutoScalingGroups"])


def template(desk: Desk) -> dict[str, Any]:
    (one,) = desk.ec2().describe_launch_templates()["LaunchTemplates"]
    versions = desk.ec2().describe_launch_template_versions(LaunchTemplateId=one["LaunchTemplateId"])
    found = versions["LaunchTemplateVersions"]
    data: dict[str, Any] = found[0]["LaunchTemplateData"]
    return data


def test_an_image_a_template_and_a_group_are_made_in_this_order_and_one_serves(desk: Desk) -> None:
    one = lone(desk)
    rows = desk.carry_out(f"/ec2 heal {one}")
    assert [(row.step.action, row.state) for row in rows] == [
        ("ami.create", StepState.DONE),
        ("ec2.heal-template", StepState.DONE),
        ("ec2.heal", StepState.DONE),
    ]
    (group,) = groups(desk)
    assert (group["MinSize"], group["MaxSize"], group["DesiredCapacity"]) == (1, 1, 1)
    assert str(rows[2].reason) == "1 of 1 in service and healthy"


def test_the_new_one_is_run_as_the_old_one_of_the_new_image(desk: Desk) -> None:
    vpc = desk.ec2().describe_vpcs()["Vpcs"][0]["VpcId"]
    own = desk.ec2().create_security_group(GroupName="wiki", Description="wiki", VpcId=vpc)["GroupId"]
    one = lone(desk, SecurityGroupIds=[own])
    (old,) = desk.ec2().describe_instances(InstanceIds=[one])["Reservations"][0]["Instances"]
    image, _template, _group = desk.carry_out(f"/ec2 heal {one}")
    data = template(desk)
    assert (data["ImageId"], data["InstanceType"], data["KeyName"]) == (image.result, "t3.small", "on-duty")
    assert data["SecurityGroupIds"] == [own]
    (group,) = groups(desk)
    assert group["VPCZoneIdentifier"] == old["SubnetId"]
    carried = {tag["Key"]: tag["Value"] for tag in group["Tags"] if tag["PropagateAtLaunch"]}
    assert carried == {"Name": "wiki", "env": "dev"}


def test_the_old_instance_goes_on_running(desk: Desk) -> None:
    one = lone(desk)
    desk.carry_out(f"/ec2 heal {one}")
    (old,) = desk.ec2().describe_instances(InstanceIds=[one])["Reservations"][0]["Instances"]
    assert old["State"]["Name"] == "running"
    assert desk.local.control.count("StopInstances") + desk.local.control.count("TerminateInstances") == 0


def test_its_target_groups_are_those_of_the_group(desk: Desk) -> None:
    one = lone(desk)
    arn = behind(desk, "web", one)
    desk.carry_out(f"/ec2 heal {one}")
    (group,) = groups(desk)
    assert (group["TargetGroupARNs"], group["HealthCheckType"]) == ([arn], "ELB")
    assert len(registered(desk, arn)) == 2


def test_the_plan_says_what_the_new_one_is_not(desk: Desk) -> None:
    one = lone(desk)
    behind(desk, "web", one)
    address = desk.ec2().allocate_address(Domain="vpc")
    desk.ec2().associate_address(InstanceId=one, AllocationId=address["AllocationId"])
    plan = desk.plan(f"/ec2 heal {one}")
    said = "\n".join(str(warning) for warning in plan.steps[2].warnings)
    assert "another id and another private address" in said
    assert "what is written to its disks later is lost" in said
    assert f"its Elastic IP {address['PublicIp']} stays with the old instance" in said
    assert "both serve in web until the old one is stopped" in said
    assert "neither stops nor terminates the old instance" in str(plan.notes[0])


def test_several_subnets_let_it_come_back_in_another_zone(desk: Desk) -> None:
    one = lone(desk)
    subnets = [each["SubnetId"] for each in desk.ec2().describe_subnets()["Subnets"]][:2]
    line = " ".join(f"--subnet {each}" for each in subnets)
    group = desk.plan(f"/ec2 heal {one} {line}").steps[2]
    assert dict(group.inputs)["subnets"] == " ".join(subnets)


def test_what_has_a_group_already_is_left(desk: Desk) -> None:
    (member,) = desk.run(1, group="web")
    one = lone(desk)
    desk.carry_out(f"/ec2 heal {one}")
    plan = desk.plan(f"/ec2 heal {one} {member}")
    assert plan.steps == ()
    assert left(plan) == {
        member: "its group web replaces it",
        one: f"there is an Auto Scaling group toban-{one} already: use it, or remove it first",
    }


def test_a_template_that_is_refused_leaves_no_group(desk: Desk) -> None:
    one = lone(desk)
    desk.local.control.order(Fault(Kind.DENY, action="CreateLaunchTemplate"))
    states = [row.state for row in desk.carry_out(f"/ec2 heal {one}")]
    assert states == [StepState.DONE, StepState.FAILED, StepState.SKIPPED]
    assert groups(desk) == []


def test_a_group_that_came_to_nothing_can_be_made_again(desk: Desk) -> None:
    one = lone(desk)
    desk.local.control.order(Fault(Kind.DENY, action="CreateAutoScalingGroup"))
    assert [row.state for row in desk.carry_out(f"/ec2 heal {one}")][2] is StepState.FAILED
    desk.local.control.clear()
    desk.house.time.pass_(minutes=5)
    number = desk.see_through(f"/ec2 heal {one}")
    assert {row.state for row in desk.house.steps(number)} == {StepState.DONE}
    assert len(groups(desk)) == 1


@pytest.mark.parametrize("action", ["CreateLaunchTemplate", "CreateAutoScalingGroup"])
def test_an_answer_that_was_cut_off_makes_no_second_one(desk: Desk, action: str) -> None:
    one = lone(desk)
    desk.local.control.order(Fault(Kind.CUT_AFTER, action=action, times=1))
    assert {row.state for row in desk.carry_out(f"/ec2 heal {one}", turns=12)} == {StepState.DONE}
    assert len(groups(desk)) == 1
    assert len(desk.ec2().describe_launch_templates()["LaunchTemplates"]) == 1


def test_a_group_of_that_name_that_somebody_made_meanwhile_is_not_taken_for_ours(desk: Desk) -> None:
    one = lone(desk, env="prod")
    number = desk.house.asked(f"/ec2 heal {one}")
    client = desk.local.client("autoscaling", account=DEV_ID, region=TOKYO)
    client.create_launch_configuration(LaunchConfigurationName="x", ImageId=IMAGE, InstanceType="t3.micro")
    client.create_auto_scaling_group(
        AutoScalingGroupName=f"toban-{one}", LaunchConfigurationName="x", MinSize=0, MaxSize=0,
        AvailabilityZones=[f"{TOKYO}a"],
    )  # fmt: skip
    desk.house.click(number, "U0SUZUKI")
    desk.house.work(passing=20, turns=6)
    group = desk.house.steps(number)[2]
    assert (group.state, str(group.reason)) == (
        StepState.SKIPPED, "changed since the plan: group is another, it was none",
    )  # fmt: skip


def test_a_group_is_ours_by_its_token_alone(desk: Desk) -> None:
    one = lone(desk)
    row = desk.carry_out(f"/ec2 heal {one}")[2]
    (group,) = groups(desk)
    token = next(tag["Value"] for tag in group["Tags"] if tag["Key"] == "toban:token")
    world = desk.house.path.observer()
    batch = Batch(1, token, row.step.target.place, (row.step,), {})
    assert make_group.find(world, batch) == Called("", {row.step.key: f"toban-{one}"})
    assert make_group.find(world, replace(batch, token="another")) is None


def test_instances_are_named_by_their_ids(desk: Desk) -> None:
    lone(desk)
    with pytest.raises(UsageError, match="Name the instances by their ids"):
        desk.plan("/ec2 heal tag:env=dev")


def encrypted(desk: Desk) -> tuple[str, str, Any]:
    """An instance with a volume under a key of the team's; the key, and a client of KMS."""
    kms = desk.local.client("kms", account=DEV_ID, region=TOKYO)
    key = kms.create_key()["KeyMetadata"]["Arn"]
    one = lone(desk)
    made = desk.ec2().create_volume(AvailabilityZone=f"{TOKYO}a", Size=8, Encrypted=True, KmsKeyId=key)
    desk.ec2().attach_volume(VolumeId=made["VolumeId"], InstanceId=one, Device="/dev/sdf")
    return one, key, kms


def closed_keys(desk: Desk, one: str) -> list[str]:
    said = [str(warning) for warning in desk.plan(f"/ec2 heal {one}").steps[2].warnings]
    return [each for each in said if "the group launches nothing until AWSServiceRoleForAutoScaling" in each]


def test_a_key_that_auto_scaling_may_not_use_is_said_before_anything_is_made(desk: Desk) -> None:
    one, key, _ = encrypted(desk)
    (said,) = closed_keys(desk, one)
    assert key in said


def test_a_key_with_a_grant_or_a_policy_for_auto_scaling_is_no_obstacle(desk: Desk) -> None:
    one, key, kms = encrypted(desk)
    role = (
        f"arn:aws:iam::{DEV_ID}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"
    )
    kms.create_grant(KeyId=key, GranteePrincipal=role, Operations=["CreateGrant", "Decrypt"])
    assert closed_keys(desk, one) == []
