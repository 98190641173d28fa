from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from playground.aws.server import LocalAws
from tests.playground.aws.conftest import PRODUCTION

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client
    from mypy_boto3_ec2.type_defs import InstanceTypeDef


def look(ec2: "EC2Client", instance: str) -> "InstanceTypeDef":
    return ec2.describe_instances(InstanceIds=[instance])["Reservations"][0]["Instances"][0]


def state(ec2: "EC2Client", instance: str) -> str:
    return look(ec2, instance)["State"]["Name"]


def checks(ec2: "EC2Client", instance: str) -> tuple[str, str]:
    reply = ec2.describe_instance_status(InstanceIds=[instance], IncludeAllInstances=True)
    (row,) = reply["InstanceStatuses"]
    return row["InstanceStatus"]["Status"], row["SystemStatus"]["Status"]


def test_a_stop_answers_stopping_and_what_it_was_before(ec2: "EC2Client", instance: str) -> None:
    (change,) = ec2.stop_instances(InstanceIds=[instance])["StoppingInstances"]
    assert change["CurrentState"] == {"Code": 64, "Name": "stopping"}
    assert change["PreviousState"] == {"Code": 16, "Name": "running"}


def test_a_stop_is_over_at_once_unless_told_otherwise(ec2: "EC2Client", instance: str) -> None:
    ec2.stop_instances(InstanceIds=[instance])
    assert state(ec2, instance) == "stopped"


def test_a_stop_takes_its_time(aws: LocalAws, ec2: "EC2Client", instance: str) -> None:
    aws.control.instances_take(stop=60)
    ec2.stop_instances(InstanceIds=[instance])
    assert state(ec2, instance) == "stopping"
    aws.control.advance(60)
    assert state(ec2, instance) == "stopped"
    assert look(ec2, instance)["StateReason"]["Code"] == "Client.UserInitiatedShutdown"


def test_a_held_start_waits_until_it_is_released(aws: LocalAws, ec2: "EC2Client", instance: str) -> None:
    ec2.stop_instances(InstanceIds=[instance])
    aws.control.instances_take(start=None)
    ec2.describe_instances()
    (change,) = ec2.start_instances(InstanceIds=[instance])["StartingInstances"]
    assert change["CurrentState"]["Name"] == "pending"
    aws.control.advance(100_000)
    assert state(ec2, instance) == "pending"
    assert aws.control.release_instances([instance]) == 1
    assert state(ec2, instance) == "running"


def test_status_checks_initialize_after_a_start(aws: LocalAws, ec2: "EC2Client", instance: str) -> None:
    ec2.stop_instances(InstanceIds=[instance])
    assert checks(ec2, instance) == ("not-applicable", "not-applicable")
    aws.control.instances_take(checks=120)
    ec2.start_instances(InstanceIds=[instance])
    assert checks(ec2, instance) == ("initializing", "initializing")
    aws.control.advance(120)
    assert checks(ec2, instance) == ("ok", "ok")


def test_an_impaired_instance_fails_its_checks(aws: LocalAws, ec2: "EC2Client", instance: str) -> None:
    aws.control.impair(instance)
    assert checks(ec2, instance) == ("impaired", "impaired")
    aws.control.heal(instance)
    assert checks(ec2, instance) == ("ok", "ok")


def test_only_running_instances_have_a_status_unless_all_are_asked_for(
    ec2: "EC2Client", instance: str
) -> None:
    ec2.stop_instances(InstanceIds=[instance])
    assert ec2.describe_instance_status()["InstanceStatuses"] == []
    every = ec2.describe_instance_status(IncludeAllInstances=True)["InstanceStatuses"]
    assert [row["InstanceState"]["Name"] for row in every] == ["stopped"]


def test_a_start_kms_refuses_ends_stopped_with_the_reason(
    aws: LocalAws, ec2: "EC2Client", instance: str
) -> None:
    ec2.stop_instances(InstanceIds=[instance])
    aws.control.refuse_start_by_kms(instance)
    aws.control.instances_take(start=10)
    ec2.start_instances(InstanceIds=[instance])
    assert state(ec2, instance) == "pending"
    aws.control.advance(10)
    assert state(ec2, instance) == "stopped"
    assert look(ec2, instance)["StateReason"] == {
        "Code": "Client.InternalError",
        "Message": "Client.InternalError: Client error on launch",
    }


def test_a_start_without_capacity_is_refused_and_changes_nothing(
    aws: LocalAws, ec2: "EC2Client", instance: str
) -> None:
    ec2.stop_instances(InstanceIds=[instance])
    aws.control.no_capacity(instance)
    with pytest.raises(ClientError, match="InsufficientInstanceCapacity") as refused:
        ec2.start_instances(InstanceIds=[instance])
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 500
    assert state(ec2, instance) == "stopped"


def test_one_unknown_id_fails_the_whole_stop(ec2: "EC2Client", instance: str) -> None:
    with pytest.raises(ClientError, match=r"InvalidInstanceID\.NotFound"):
        ec2.stop_instances(InstanceIds=[instance, "i-0123456789abcdef0"])
    assert state(ec2, instance) == "running"


def test_one_protected_instance_fails_the_whole_stop(ec2: "EC2Client", instance: str) -> None:
    reply = ec2.run_instances(ImageId="ami-12345678", MinCount=1, MaxCount=1, DisableApiStop=True)
    protected = reply["Instances"][0]["InstanceId"]
    with pytest.raises(ClientError, match="OperationNotPermitted"):
        ec2.stop_instances(InstanceIds=[instance, protected])
    assert state(ec2, instance) == "running"


def test_a_terminated_instance_cannot_be_started(ec2: "EC2Client", instance: str) -> None:
    ec2.terminate_instances(InstanceIds=[instance])
    with pytest.raises(ClientError, match="IncorrectInstanceState"):
        ec2.start_instances(InstanceIds=[instance])


def test_an_instance_still_stopping_cannot_be_started(aws: LocalAws, ec2: "EC2Client", instance: str) -> None:
    aws.control.instances_take(stop=60)
    ec2.stop_instances(InstanceIds=[instance])
    with pytest.raises(ClientError, match="IncorrectInstanceState"):
        ec2.start_instances(InstanceIds=[instance])


def test_stopping_a_stopped_instance_changes_nothing(ec2: "EC2Client", instance: str) -> None:
    ec2.stop_instances(InstanceIds=[instance])
    ec2.describe_instances()
    (change,) = ec2.stop_instances(InstanceIds=[instance])["StoppingInstances"]
    assert (change["PreviousState"]["Name"], change["CurrentState"]["Name"]) == ("stopped", "stopped")


def test_a_dry_run_stops_nothing(ec2: "EC2Client", instance: str) -> None:
    with pytest.raises(ClientError, match="DryRunOperation"):
        ec2.stop_instances(InstanceIds=[instance], DryRun=True)
    assert state(ec2, instance) == "running"


def test_a_new_instance_is_pending_first(aws: LocalAws, ec2: "EC2Client") -> None:
    aws.control.instances_take(start=10, checks=10)
    made = ec2.run_instances(ImageId="ami-12345678", MinCount=1, MaxCount=1)["Instances"][0]
    new = made["InstanceId"]
    assert made["State"]["Name"] == state(ec2, new) == "pending"
    aws.control.advance(10)
    assert (state(ec2, new), checks(ec2, new)[0]) == ("running", "initializing")


def test_an_instance_terminated_while_starting_stays_so(aws: LocalAws, ec2: "EC2Client") -> None:
    aws.control.instances_take(start=10)
    new = ec2.run_instances(ImageId="ami-12345678", MinCount=1, MaxCount=1)["Instances"][0]["InstanceId"]
    ec2.terminate_instances(InstanceIds=[new])
    aws.control.advance(10)
    assert state(ec2, new) == "terminated"


def test_an_id_that_cannot_be_one_is_malformed(ec2: "EC2Client") -> None:
    with pytest.raises(ClientError, match=r"InvalidInstanceID\.Malformed"):
        ec2.describe_instances(InstanceIds=["i-web"])
    with pytest.raises(ClientError, match=r"InvalidInstanceID\.Malformed"):
        ec2.stop_instances(InstanceIds=["i-web"])


def test_an_instance_has_the_cpus_of_its_type(ec2: "EC2Client") -> None:
    made = ec2.run_instances(ImageId="ami-12345678", MinCount=1, MaxCount=1, InstanceType="m7i.xlarge")
    shown = look(ec2, made["Instances"][0]["InstanceId"])
    assert shown["CpuOptions"]["CoreCount"] * shown["CpuOptions"]["ThreadsPerCore"] == 4


def test_types_that_are_alike_are_found_by_a_pattern(ec2: "EC2Client") -> None:
    wanted: Any = [{"Name": "instance-type", "Values": ["m7*.large"]}]
    found = ec2.describe_instance_type_offerings(LocationType="availability-zone", Filters=wanted)
    types = {one["InstanceType"] for one in found["InstanceTypeOfferings"]}
    assert {"m7i.large", "m7g.large"} <= types
    assert {one.partition(".")[2] for one in types} == {"large"}


def test_a_target_is_as_healthy_as_its_instance(aws: LocalAws, ec2: "EC2Client", instance: str) -> None:
    balancing = aws.client("elbv2", account=PRODUCTION)
    vpc = ec2.describe_vpcs()["Vpcs"][0]["VpcId"]
    group = balancing.create_target_group(Name="web", Protocol="HTTP", Port=80, VpcId=vpc)
    arn = group["TargetGroups"][0]["TargetGroupArn"]
    balancing.register_targets(TargetGroupArn=arn, Targets=[{"Id": instance}])

    def health() -> str:
        (row,) = balancing.describe_target_health(TargetGroupArn=arn)["TargetHealthDescriptions"]
        return str(row["TargetHealth"]["State"])

    assert health() == "healthy"
    aws.control.impair(instance)
    assert health() == "unhealthy"
    aws.control.heal(instance)
    aws.control.instances_take(checks=60)
    ec2.stop_instances(InstanceIds=[instance])
    assert health() == "unused"
    ec2.start_instances(InstanceIds=[instance])
    assert health() == "initial"
    aws.control.advance(60)
    assert health() == "healthy"
