import time
from typing import TYPE_CHECKING

import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, ConnectionClosedError

from playground.aws.faults import Fault, Kind
from playground.aws.server import LocalAws
from tests.playground.aws.conftest import ONCE, PRODUCTION

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client


def snapshots(ec2: "EC2Client") -> int:
    return len(ec2.describe_snapshots(OwnerIds=["self"])["Snapshots"])


def test_a_throttled_call_changes_nothing_and_is_counted(
    aws: LocalAws, ec2: "EC2Client", volume: str
) -> None:
    order = aws.control.order(Fault(Kind.THROTTLE, action="CreateSnapshot", times=1))
    with pytest.raises(ClientError, match="RequestLimitExceeded") as refused:
        ec2.create_snapshot(VolumeId=volume)
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 503
    assert (snapshots(ec2), aws.control.hits(order)) == (0, 1)
    ec2.create_snapshot(VolumeId=volume)
    assert (snapshots(ec2), aws.control.hits(order)) == (1, 1)


def test_a_denial_names_caller_action_and_resource(aws: LocalAws, ec2: "EC2Client", instance: str) -> None:
    aws.control.order(Fault(Kind.DENY, action="StopInstances"))
    with pytest.raises(ClientError, match="UnauthorizedOperation") as refused:
        ec2.stop_instances(InstanceIds=[instance])
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403
    assert refused.value.response["Error"]["Message"].startswith(
        "You are not authorized to perform this operation. "
        f"User: arn:aws:iam::{PRODUCTION}:user/local is not authorized to perform: ec2:StopInstances "
        f"on resource: arn:aws:ec2:ap-northeast-1:{PRODUCTION}:instance/{instance} "
    )


def test_a_role_that_may_not_be_assumed_is_said_so(aws: LocalAws) -> None:
    aws.control.order(Fault(Kind.DENY, service="sts", action="AssumeRole"))
    role = f"arn:aws:iam::{PRODUCTION}:role/toban"
    with pytest.raises(ClientError, match=f"AccessDenied.*sts:AssumeRole on resource: {role}"):
        aws.client("sts").assume_role(RoleArn=role, RoleSessionName="night")


def test_a_cut_after_the_work_leaves_the_work_done(aws: LocalAws, ec2: "EC2Client", volume: str) -> None:
    aws.control.order(Fault(Kind.CUT_AFTER, action="CreateSnapshot", times=1))
    with pytest.raises(ConnectionClosedError):
        ec2.create_snapshot(VolumeId=volume)
    assert snapshots(ec2) == 1
    assert aws.control.count("CreateSnapshot", "cut-after") == 1


def test_a_cut_before_the_work_leaves_nothing(aws: LocalAws, ec2: "EC2Client", volume: str) -> None:
    aws.control.order(Fault(Kind.CUT_BEFORE, action="CreateSnapshot", times=1))
    with pytest.raises(ConnectionClosedError):
        ec2.create_snapshot(VolumeId=volume)
    assert snapshots(ec2) == 0


def test_a_retried_cut_makes_two_snapshots(aws: LocalAws, ec2: "EC2Client", volume: str) -> None:
    """Why creates without a client token must not be retried blindly."""
    aws.control.order(Fault(Kind.CUT_AFTER, action="CreateSnapshot", times=1))
    retrying = aws.client("ec2", account=PRODUCTION, config=Config(retries={"total_max_attempts": 2}))
    retrying.create_snapshot(VolumeId=volume)
    assert snapshots(ec2) == 2


def test_latency_makes_a_call_slow_and_nothing_else(aws: LocalAws, ec2: "EC2Client", volume: str) -> None:
    aws.control.order(Fault(Kind.LATENCY, action="CreateSnapshot", seconds=0.05))
    before = time.monotonic()
    ec2.create_snapshot(VolumeId=volume)
    assert time.monotonic() - before >= 0.05
    assert snapshots(ec2) == 1


def test_an_inner_error_is_one_of_awss_own(aws: LocalAws, ec2: "EC2Client") -> None:
    aws.control.order(Fault(Kind.ERROR, action="DescribeSnapshots", times=1))
    with pytest.raises(ClientError, match="InternalError"):
        snapshots(ec2)


def test_a_fault_may_speak_of_one_resource_only(
    aws: LocalAws, ec2: "EC2Client", instance: str, volume: str
) -> None:
    aws.control.order(Fault(Kind.DENY, action="Create*", params={"VolumeId": "vol-other"}))
    ec2.create_snapshot(VolumeId=volume)
    aws.control.order(Fault(Kind.DENY, action="Create*", params={"VolumeId": volume}))
    with pytest.raises(ClientError, match="UnauthorizedOperation"):
        ec2.create_snapshot(VolumeId=volume)


def test_a_fault_may_speak_of_one_account_or_region_only(aws: LocalAws, ec2: "EC2Client") -> None:
    aws.control.order(Fault(Kind.DENY, account="222222222222"))
    aws.control.order(Fault(Kind.DENY, region="us-east-1"))
    assert snapshots(ec2) == 0
    with pytest.raises(ClientError, match="UnauthorizedOperation"):
        snapshots(aws.client("ec2", account="222222222222", config=ONCE))
    with pytest.raises(ClientError, match="UnauthorizedOperation"):
        snapshots(aws.client("ec2", account=PRODUCTION, region="us-east-1", config=ONCE))


def test_a_share_of_calls_goes_wrong_the_same_way_each_time(aws: LocalAws, ec2: "EC2Client") -> None:
    def failures() -> list[int]:
        aws.control.reset(seed=7)
        aws.control.order(Fault(Kind.ERROR, action="DescribeRegions", share=0.3))
        wrong = []
        for number in range(40):
            try:
                ec2.describe_regions()
            except ClientError:
                wrong.append(number)
        return wrong

    first = failures()
    assert 4 <= len(first) <= 20
    assert failures() == first


def test_a_cleared_fault_is_over(aws: LocalAws, ec2: "EC2Client") -> None:
    order = aws.control.order(Fault(Kind.DENY))
    aws.control.clear(order)
    assert snapshots(ec2) == 0


def test_the_log_knows_each_call_where_it_went_and_how_it_ended(
    aws: LocalAws, ec2: "EC2Client", instance: str
) -> None:
    aws.control.order(Fault(Kind.THROTTLE, action="StopInstances", times=1))
    with pytest.raises(ClientError):
        ec2.stop_instances(InstanceIds=[instance])
    request = ec2.stop_instances(InstanceIds=[instance])["ResponseMetadata"]["RequestId"]
    refused, done = aws.control.calls(action="StopInstances")
    assert (refused.outcome, done.outcome) == ("RequestLimitExceeded", "ok")
    assert (done.account, done.region, done.service) == (PRODUCTION, "ap-northeast-1", "ec2")
    assert done.params["InstanceId.1"] == instance
    assert done.request_id == request
    assert aws.control.calls("StopInstances", account="222222222222") == ()


def test_a_fault_can_be_aimed_at_a_parameter_of_a_json_service(
    aws: LocalAws, ec2: "EC2Client", instance: str
) -> None:
    ec2.describe_instances()  # ... by which time it runs
    ssm = aws.client("ssm", account=PRODUCTION, config=ONCE)
    aws.control.order(Fault(Kind.THROTTLE, action="SendCommand", params={"Parameters.commands.1": "*thaw*"}))

    def send(line: str) -> None:
        ssm.send_command(
            InstanceIds=[instance], DocumentName="AWS-RunShellScript", Parameters={"commands": [line]}
        )

    send("freeze")
    with pytest.raises(ClientError, match="ThrottlingException"):
        send("thaw")
