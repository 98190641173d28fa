"""AWS's replies that show an instance in the state a test needs; written by hand, held against the models."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.brief import AuditLine, AuditQuery
from bot.command import World
from bot.nothing import NoLedger
from tests.canned import ACCOUNT_ID, ROLE, CannedAccounts
from tests.commands.diagnosis.machines import DELEGATED, ID, KEY, LAUNCH_ERROR, SUBNET, VOLUME

NOW = datetime(2026, 11, 22, 0, 10, tzinfo=UTC)
ZONE = "ap-northeast-1a"


class Remembering(NoLedger):
    """A ledger that knows how the last start of the instance ended."""

    def __init__(self, detail: str = "") -> None:
        super().__init__({})
        self._detail = detail

    def search(self, query: AuditQuery) -> tuple[AuditLine, ...]:
        where, by = ("ec2.start", "dev", "ap-northeast-1", query.resource), ("U0SATO", "slash", 7, "")
        ended = AuditLine(1, NOW - timedelta(hours=3), "step.ended", *by, *where, "failed", "", self._detail)
        return (ended,) if self._detail else ()


def world(aws: CannedAccounts, last: str = "") -> World:
    """Ten past nine in Tokyo; nobody asks the rules.  `last`: how the last start ended."""
    ledger, rules = Remembering(last), None
    return World(NOW, "U0SATO", aws, ledger, rules, ZoneInfo("Asia/Tokyo"))  # type: ignore[arg-type]  # not asked


def instance(state: str, code: str = "", message: str = "", **rest: Any) -> dict[str, Any]:
    """One instance as DescribeInstances shows it."""
    shown: dict[str, Any] = {
        "InstanceId": rest.pop("id", ID),
        "InstanceType": "m5.large",
        "ImageId": "ami-0123456789abcdef0",
        "State": {"Name": state},
        "Placement": {"AvailabilityZone": ZONE},
        "Architecture": "x86_64",
        "CpuOptions": {"CoreCount": 1, "ThreadsPerCore": 2},
        "VpcId": "vpc-0123456789abcdef0",
        "RootDeviceName": "/dev/xvda",
        "RootDeviceType": "ebs",
        "BlockDeviceMappings": [{"DeviceName": "/dev/xvda", "Ebs": {"VolumeId": VOLUME}}],
        "NetworkInterfaces": [
            {
                "NetworkInterfaceId": "eni-0123456789abcdef0",
                "SubnetId": SUBNET,
                "Attachment": {"DeviceIndex": 0, "Status": "attached"},
            }
        ],
    }
    if code:
        shown["StateReason"] = {"Code": code, "Message": message}
    return shown | rest


def instances(*shown: dict[str, Any]) -> dict[str, Any]:
    """DescribeInstances."""
    return {"Reservations": [{"Instances": list(shown)}]}


FELL_BACK = instances(instance("stopped", "Client.InternalError", LAUNCH_ERROR))
ASLEEP = instances(instance("stopped", "Client.UserInitiatedShutdown", "Client.UserInitiatedShutdown: x"))

VOLUMES: dict[str, Any] = {
    "Volumes": [
        {
            "VolumeId": VOLUME,
            "State": "in-use",
            "Size": 8,
            "VolumeType": "gp3",
            "Encrypted": True,
            "KmsKeyId": KEY,
            "AvailabilityZone": ZONE,
        }
    ]
}


def denial(
    message: str = "is not authorized to perform: kms:CreateGrant", minutes: int = 5
) -> dict[str, Any]:
    """A refused CreateGrant as CloudTrail shows it ("Log file examples", AWS KMS)."""
    record = {
        "eventName": "CreateGrant",
        "errorCode": "AccessDenied",
        "errorMessage": f"User: {ROLE} is not authorized to perform: kms:CreateGrant",
        "userIdentity": {"type": "AssumedRole", "arn": f"arn:aws:sts::{ACCOUNT_ID}:assumed-role/toban/toban"},
        "requestParameters": {
            "keyId": KEY,
            "constraints": {"encryptionContextSubset": {"aws:ebs:id": VOLUME}},
        },
    }
    at = NOW - timedelta(minutes=5)
    return {"EventName": "CreateGrant", "EventTime": at, "CloudTrailEvent": json.dumps(record)}


def simulated(decision: str) -> Any:
    """SimulatePrincipalPolicy that says the same of every action it is asked about."""

    def reply(body: Any) -> dict[str, Any]:
        asked = [value for name, value in body.items() if name.startswith("ActionNames.member")]
        return {"EvaluationResults": [{"EvalActionName": one, "EvalDecision": decision} for one in asked]}

    return reply


def locked(decision: str = "implicitDeny", **rest: Any) -> dict[str, Any]:
    """An instance that fell back, under a key that IAM does not let toban use."""
    return {
        "ec2.DescribeInstances": FELL_BACK,
        "ec2.DescribeVolumes": VOLUMES,
        "kms.DescribeKey": {
            "KeyMetadata": {"KeyId": "1", "Arn": KEY, "KeyState": "Enabled", "KeyManager": "CUSTOMER"}
        },
        "kms.GetKeyPolicy": {"Policy": DELEGATED},
        "kms.ListGrants": {"Grants": [], "Truncated": False},
        "iam.SimulatePrincipalPolicy": simulated(decision),
        "cloudtrail.LookupEvents": {"Events": []},
    } | {name.replace("_", ".", 1): reply for name, reply in rest.items()}
