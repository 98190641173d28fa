"""What the local AWS answers whoever looks for the reason of a start that failed."""

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from playground.aws.kms import default_key
from playground.aws.server import LocalAws
from tests.playground.aws.conftest import ONCE, PRODUCTION

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client

REGION = "ap-northeast-1"
KEY = f"arn:aws:kms:{REGION}:{PRODUCTION}:key/7c9e6679-7425-40de-944b-e07fc1f90ae7"
NEEDED = ["kms:CreateGrant", "kms:Decrypt"]


@pytest.fixture
def encrypted(ec2: "EC2Client") -> str:
    """A stopped instance whose disk is encrypted with a key of the account's own."""
    disk: Any = {"DeviceName": "/dev/sda1", "Ebs": {"VolumeSize": 8, "Encrypted": True, "KmsKeyId": KEY}}
    made = ec2.run_instances(ImageId="ami-12345678", MinCount=1, MaxCount=1, BlockDeviceMappings=[disk])
    instance = made["Instances"][0]["InstanceId"]
    ec2.stop_instances(InstanceIds=[instance])
    return instance


def refused(aws: LocalAws, ec2: "EC2Client", instance: str) -> None:
    aws.control.refuse_start_by_kms(instance)
    ec2.start_instances(InstanceIds=[instance])


def denials(aws: LocalAws, **by: str) -> list[dict[str, Any]]:
    attributes = [{"AttributeKey": name, "AttributeValue": value} for name, value in by.items()]
    since = datetime.now(UTC) - timedelta(hours=1)
    trail = aws.client("cloudtrail", account=PRODUCTION, config=ONCE)
    found = trail.lookup_events(LookupAttributes=attributes, StartTime=since)["Events"]
    return [json.loads(one["CloudTrailEvent"]) for one in found]


def decisions(aws: LocalAws, *resources: str) -> list[str]:
    reply = aws.client("iam", account=PRODUCTION, config=ONCE).simulate_principal_policy(
        PolicySourceArn=f"arn:aws:iam::{PRODUCTION}:role/toban",
        ActionNames=NEEDED,
        ResourceArns=list(resources),
    )
    return [one["EvalDecision"] for one in reply["EvaluationResults"]]


@pytest.mark.parametrize(("by", "value"), [("EventName", "CreateGrant"), ("ResourceName", KEY)])
def test_the_trail_shows_the_grant_that_kms_denied(
    aws: LocalAws, ec2: "EC2Client", encrypted: str, by: str, value: str
) -> None:
    assert denials(aws, **{by: value}) == []
    refused(aws, ec2, encrypted)
    (denied,) = denials(aws, **{by: value})
    assert (denied["errorCode"], denied["resources"][0]["ARN"]) == ("AccessDenied", KEY)
    assert denied["requestParameters"]["granteePrincipal"].endswith(encrypted)


def test_the_trail_shows_nothing_before_its_lag_is_over(
    aws: LocalAws, ec2: "EC2Client", encrypted: str
) -> None:
    aws.control.times.trail.lag = 300
    refused(aws, ec2, encrypted)
    assert denials(aws, EventName="CreateGrant") == []
    aws.control.advance(300)
    assert len(denials(aws, EventName="CreateGrant")) == 1


def test_a_start_that_nobody_refuses_leaves_no_denial(
    aws: LocalAws, ec2: "EC2Client", encrypted: str
) -> None:
    ec2.start_instances(InstanceIds=[encrypted])
    assert denials(aws, EventName="CreateGrant") == []


def test_the_trail_shows_a_start_for_which_there_was_no_capacity(
    aws: LocalAws, ec2: "EC2Client", encrypted: str
) -> None:
    aws.control.no_capacity(encrypted)
    with pytest.raises(ClientError):
        ec2.start_instances(InstanceIds=[encrypted])
    with pytest.raises(ClientError):
        ec2.describe_instances(InstanceIds=["i-web"])
    (refused,) = denials(aws, ResourceName=encrypted)
    assert (refused["eventName"], refused["errorCode"]) == (
        "StartInstances",
        "Server.InsufficientInstanceCapacity",
    )
    assert refused["requestParameters"]["instancesSet"]["items"] == [{"instanceId": encrypted}]


def test_the_simulation_denies_a_key_while_it_is_refused(
    aws: LocalAws, ec2: "EC2Client", encrypted: str
) -> None:
    assert decisions(aws, KEY) == ["allowed", "allowed"]
    aws.control.refuse_start_by_kms(encrypted)
    assert decisions(aws, KEY) == ["implicitDeny", "implicitDeny"]
    assert decisions(aws, KEY.replace("7c9e", "0000")) == ["allowed", "allowed"]
    aws.control.heal(encrypted)
    assert decisions(aws, KEY) == ["allowed", "allowed"]


def test_the_key_of_a_volume_is_there_to_be_looked_at(aws: LocalAws, encrypted: str) -> None:
    kms = aws.client("kms", account=PRODUCTION, config=ONCE)
    key = kms.describe_key(KeyId=KEY)["KeyMetadata"]
    assert (key["Arn"], key["KeyManager"], key["KeyState"]) == (KEY, "CUSTOMER", "Enabled")
    policy = json.loads(kms.get_key_policy(KeyId=KEY, PolicyName="default")["Policy"])
    assert policy["Statement"][0]["Principal"] == {"AWS": f"arn:aws:iam::{PRODUCTION}:root"}
    managed = default_key(aws.backend("ec2", PRODUCTION, REGION))
    assert kms.describe_key(KeyId=managed)["KeyMetadata"]["KeyManager"] == "AWS"


def test_only_an_impaired_instance_ends_in_a_panic(aws: LocalAws, ec2: "EC2Client", instance: str) -> None:
    assert "panic" not in ec2.get_console_output(InstanceId=instance)["Output"]
    aws.control.impair(instance)
    assert "Kernel panic" in ec2.get_console_output(InstanceId=instance)["Output"]


def test_a_quota_has_a_value_and_an_unknown_one_is_refused(aws: LocalAws) -> None:
    quotas = aws.client("service-quotas", account=PRODUCTION, config=ONCE)
    quota = quotas.get_service_quota(ServiceCode="ec2", QuotaCode="L-1216C47A")["Quota"]
    assert (quota["Value"], quota["Adjustable"]) == (128, True)
    with pytest.raises(ClientError, match="NoSuchResourceException"):
        quotas.get_service_quota(ServiceCode="ec2", QuotaCode="L-0000")


def test_automatic_recovery_is_switched_off_and_on(ec2: "EC2Client", instance: str) -> None:
    for chosen in ("disabled", "default"):
        ec2.modify_instance_maintenance_options(InstanceId=instance, AutoRecovery=chosen)
        shown = ec2.describe_instances(InstanceIds=[instance])["Reservations"][0]["Instances"][0]
        assert shown["MaintenanceOptions"]["AutoRecovery"] == chosen


def test_whose_a_public_address_is(ec2: "EC2Client", instance: str) -> None:
    def owner() -> str:
        shown = ec2.describe_instances(InstanceIds=[instance])["Reservations"][0]["Instances"][0]
        return shown["NetworkInterfaces"][0]["Association"]["IpOwnerId"]

    assert owner() == "amazon"
    kept = ec2.allocate_address(Domain="vpc")["AllocationId"]
    ec2.associate_address(InstanceId=instance, AllocationId=kept)
    assert owner() == PRODUCTION


def test_an_open_session_is_seen_until_its_instance_stops(
    aws: LocalAws, ec2: "EC2Client", instance: str
) -> None:
    ssm = aws.client("ssm", account=PRODUCTION, config=ONCE)
    assert ssm.describe_sessions(State="Active")["Sessions"] == []
    aws.control.times.sessions.open(instance, "tanaka")
    (session,) = ssm.describe_sessions(State="Active", Filters=[{"key": "Target", "value": instance}])[
        "Sessions"
    ]
    assert session["Owner"].endswith("/tanaka")
    ec2.stop_instances(InstanceIds=[instance])
    assert ssm.describe_sessions(State="Active")["Sessions"] == []
