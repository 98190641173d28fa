"""Contract tests: what is read of AWS for which reason, against canned replies that fit AWS's models.

No emulator shows why a start failed, what CloudTrail saw of it, or what IAM would say; so these replies were
written by hand after AWS's documentation.  They prove how toban reads them, and nothing about AWS.
"""

import json
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from aws.instance import Instance
from bot.command import Failed
from bot.plan import Resource, Step
from bot.words import words
from commands.diagnosis.facts import Refusal as Refused
from commands.diagnosis.finding import Finding
from commands.diagnosis.instance import Diagnosis, diagnose, explain
from commands.diagnosis.preflight import check
from tests.canned import ACCOUNT_ID, ROLE, TOKYO, CannedAccounts, Refusal
from tests.commands.diagnosis.machines import ID, KEY, VOLUME, machine
from tests.commands.diagnosis.replies import ASLEEP, NOW, denial, instance, instances, locked, world

DENIED = Refusal("AccessDenied", f"User: {ROLE} is not authorized to perform: x:Y")


def diagnosis(
    replies: dict[str, Any], role: str | None = ROLE, **rest: Any
) -> tuple[Diagnosis, CannedAccounts]:
    """What is found, and the AWS that was asked."""
    aws = CannedAccounts(replies, role)
    return diagnose(world(aws), TOKYO, [ID], **rest)[ID], aws


def only(made: Diagnosis) -> Finding:
    """The one reason."""
    (finding,) = made.findings
    return finding


def failed(instance_id: str = ID, code: str = "") -> Failed:
    """A start that failed."""
    target = Resource("dev", TOKYO.region, "instance", instance_id)
    return Failed(Step(f"ec2.start/{instance_id}", "ec2.start", target, (), ()), words("no"), code)


# -- KMS -----------------------------------------------------------------------------------------------


def test_a_denial_by_kms_is_found_before_cloudtrail_has_it() -> None:
    """EC2's reason, the key's policy and the simulation suffice: a dozen calls, some seconds."""
    made, aws = diagnosis(locked())
    reason = only(made)
    assert "kms:CreateGrant, kms:Decrypt is not allowed" in str(reason.what)
    assert [one["Resource"] for one in json.loads(reason.statement)] == [KEY, KEY]
    assert len(aws.asked) <= 12
    assert Counter(aws.asked)["cloudtrail.LookupEvents"] == 3  # at two a second


def test_cloudtrails_denial_is_shown_as_evidence() -> None:
    made, _ = diagnosis(locked(cloudtrail_LookupEvents={"Events": [denial()]}))
    assert any("CloudTrail: CreateGrant by" in str(one) for one in only(made).evidence)


def test_what_the_role_may_not_read_is_named_and_the_trail_still_tells() -> None:
    replies = locked(
        kms_DescribeKey=DENIED,
        kms_GetKeyPolicy=DENIED,
        kms_ListGrants=DENIED,
        iam_SimulatePrincipalPolicy=DENIED,
        cloudtrail_LookupEvents={"Events": [denial()]},
    )
    made, _ = diagnosis(replies)
    assert "KMS refused kms:CreateGrant on the key" in str(only(made).what)
    assert len(made.facts.unread) == 4


def test_without_any_right_to_look_it_says_what_it_could_not_see() -> None:
    replies = dict.fromkeys(locked(), DENIED) | {"ec2.DescribeInstances": locked()["ec2.DescribeInstances"]}
    made, _ = diagnosis(replies)
    assert made.findings == ()
    assert any("the volumes of" in str(one) for one in made.facts.unread)


def test_a_key_of_aws_asks_for_nobodys_rights() -> None:
    managed = {"KeyMetadata": {"KeyId": "1", "Arn": KEY, "KeyState": "Enabled", "KeyManager": "AWS"}}
    replies = locked(kms_DescribeKey=managed)
    made, aws = diagnosis({one: replies[one] for one in replies if not one.startswith(("iam", "cloudtrail"))})
    assert made.findings == ()
    assert "kms.GetKeyPolicy" not in aws.asked


def test_somebody_elses_rights_are_judged_when_he_is_named() -> None:
    admin = f"arn:aws:iam::{ACCOUNT_ID}:user/admin"
    made, _ = diagnosis(locked(), caller=admin)
    assert str(only(made).what).startswith(admin)


def test_without_a_configured_role_the_one_behind_the_session_is_meant_with_its_path() -> None:
    session = f"arn:aws:sts::{ACCOUNT_ID}:assumed-role/toban/i-1"
    full = f"arn:aws:iam::{ACCOUNT_ID}:role/bots/toban"
    role = {"Path": "/bots/", "RoleName": "toban", "RoleId": "AROAEXAMPLE12345678", "Arn": full}
    created = {"CreateDate": "2026-01-01T00:00:00Z"}
    replies = locked(
        sts_GetCallerIdentity={"Arn": session, "Account": ACCOUNT_ID}, iam_GetRole={"Role": role | created}
    )
    made, _ = diagnosis(replies, role=None)
    assert str(only(made).what).startswith(full)


def test_a_key_is_read_once_for_all_instances_under_it() -> None:
    ids = [f"i-{n:017x}" for n in range(3)]
    shown = instances(*(instance("stopped", "Client.InternalError", "x", id=one) for one in ids))
    aws = CannedAccounts(locked(ec2_DescribeInstances=shown))
    told = explain(world(aws), TOKYO, [failed(one) for one in ids])
    assert len(told) == 3
    counted = Counter(aws.asked)
    assert (counted["kms.DescribeKey"], counted["cloudtrail.LookupEvents"]) == (1, 3)


# -- refused at once -------------------------------------------------------------------------------------


def test_a_refused_start_is_explained_by_its_code() -> None:
    replies = {
        "ec2.DescribeInstances": ASLEEP,
        "ec2.DescribeVolumes": locked()["ec2.DescribeVolumes"],
        "ec2.DescribeInstanceTypeOfferings": {
            "InstanceTypeOfferings": [
                {"InstanceType": "m5.large", "Location": "ap-northeast-1a"},
                {"InstanceType": "m5.large", "Location": "ap-northeast-1c"},
                {"InstanceType": "m5.large", "Location": "ap-northeast-1d"},
                {"InstanceType": "m6i.large", "Location": "ap-northeast-1a"},
                {"InstanceType": "m6g.large", "Location": "ap-northeast-1a"},
                {"InstanceType": "m7i.large", "Location": "ap-northeast-1c"},
            ]
        },
        "ec2.DescribeSubnets": {
            "Subnets": [
                {"SubnetId": "subnet-1", "AvailabilityZone": "ap-northeast-1c", "AvailableIpAddressCount": 9},
                {"SubnetId": "subnet-2", "AvailabilityZone": "ap-northeast-1d", "AvailableIpAddressCount": 0},
            ]
        },
    }
    aws = CannedAccounts(replies)
    (told,) = explain(world(aws), TOKYO, [failed(code="InsufficientInstanceCapacity")]).values()
    assert "ap-northeast-1a has no capacity for m5.large now" in str(told)
    refused = {ID: Refused("InsufficientInstanceCapacity", "no")}
    options = diagnose(world(aws), TOKYO, [ID], refusals=refused)[ID].facts.options
    assert options is not None
    assert (options.zones, options.without_subnet) == (("ap-northeast-1c",), ("ap-northeast-1d",))
    assert options.types == ("m6i.large",)


def test_tobans_own_refused_start_is_known_from_its_audit_log() -> None:
    replies = {"ec2.DescribeInstances": ASLEEP, "ec2.DescribeVolumes": locked()["ec2.DescribeVolumes"]}
    said = (
        "AWS refused with OptInRequired: In order to use this AWS Marketplace product you need to subscribe"
    )
    aws = CannedAccounts(replies)
    made = diagnose(world(aws, said), TOKYO, [ID])[ID]
    assert "AWS Marketplace" in str(only(made).what)
    assert "cloudtrail.LookupEvents" not in aws.asked


def test_a_refusal_is_forgotten_once_it_has_run_again() -> None:
    ran = ASLEEP["Reservations"][0]["Instances"][0] | {"LaunchTime": NOW - timedelta(hours=1)}
    replies = {
        "ec2.DescribeInstances": instances(ran),
        "ec2.DescribeVolumes": locked()["ec2.DescribeVolumes"],
        "cloudtrail.LookupEvents": {"Events": []},
    }
    aws = CannedAccounts(replies)
    assert diagnose(world(aws, "AWS refused with OptInRequired: no"), TOKYO, [ID])[ID].findings == ()


def test_who_cannot_even_ask_who_he_is_blames_nobody() -> None:
    made, _ = diagnosis(locked(sts_GetCallerIdentity=DENIED), role=None)
    assert made.findings == ()
    assert any("toban's own identity" in str(one) for one in made.facts.unread)


def test_a_start_that_somebody_else_was_refused_is_known_from_the_trail() -> None:
    record = {
        "errorCode": "Client.VcpuLimitExceeded",
        "errorMessage": "You have requested more vCPU capacity than your current vCPU limit",
        "requestParameters": {"instancesSet": {"items": [{"instanceId": ID}]}},
    }
    event = denial() | {"EventName": "StartInstances", "CloudTrailEvent": json.dumps(record)}
    quota = {"ServiceCode": "ec2", "QuotaCode": "L-1216C47A", "Value": 64.0}
    replies = {
        "ec2.DescribeInstances": ASLEEP,
        "ec2.DescribeVolumes": locked()["ec2.DescribeVolumes"],
        "cloudtrail.LookupEvents": {"Events": [event]},
        "servicequotas.GetServiceQuota": {"Quota": quota},
    }
    made, _ = diagnosis(replies)
    assert "the account's quota for m5.large" in str(only(made).what)
    assert "allows 64 vCPUs" in str(only(made).evidence[-1])


def test_a_call_that_was_refused_for_another_instance_is_not_taken_for_this_ones() -> None:
    both = {"items": [{"instanceId": ID}, {"instanceId": "i-0ffffffffffffffff"}]}
    record = {"errorCode": "Client.IncorrectState", "requestParameters": {"instancesSet": both}}
    event = denial() | {"EventName": "StartInstances", "CloudTrailEvent": json.dumps(record)}
    replies = {
        "ec2.DescribeInstances": ASLEEP,
        "ec2.DescribeVolumes": locked()["ec2.DescribeVolumes"],
        "cloudtrail.LookupEvents": {"Events": [event]},
    }
    made, _ = diagnosis(replies)
    assert made.findings == ()


# -- before anybody starts it ------------------------------------------------------------------------------


def sleeping(n: int, **rest: Any) -> Instance:
    """A stopped instance as the listing has it."""
    return machine(id=f"i-{n:017x}", volume_ids=(VOLUME,), **rest)


def test_a_preflight_reads_each_key_once_and_counts_vcpus_together() -> None:
    some = [sleeping(n) for n in range(3)]
    shown = instances(*(instance("stopped", id=one.id) for one in some))
    quota = {"Quota": {"ServiceCode": "ec2", "QuotaCode": "L-1216C47A", "Value": 10.0}}
    replies = locked("allowed", ec2_DescribeInstances=shown, servicequotas_GetServiceQuota=quota)
    aws = CannedAccounts(replies)
    checks, unread = check(world(aws), TOKYO, some)
    assert unread == ()
    # three instances of two vCPUs run as this AWS shows them, and ten may: two more fit
    assert [bool(one.findings) for one in checks] == [False, False, True]
    assert Counter(aws.asked)["kms.DescribeKey"] == 1


@pytest.mark.parametrize(
    "gone", ["iam.SimulatePrincipalPolicy", "kms.DescribeKey", "servicequotas.GetServiceQuota"]
)
def test_what_a_preflight_could_not_read_leaves_it_unsure(gone: str) -> None:
    quota = {"Quota": {"ServiceCode": "ec2", "QuotaCode": "L-1216C47A", "Value": 100.0}}
    shown = instances(instance("stopped", id=sleeping(0).id))
    good = locked("allowed", ec2_DescribeInstances=shown, servicequotas_GetServiceQuota=quota)
    replies = good | {gone: DENIED}
    (made,), unread = check(world(CannedAccounts(replies)), TOKYO, [sleeping(0)])
    assert made.findings == ()
    assert made.unsure
    assert unread
