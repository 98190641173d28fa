"""Each cause by the facts that show it, and by those that do not."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from aws.anatomy import Interface
from aws.instance import Status
from aws.kms import Key
from aws.spot import SpotRequest
from aws.tags import Tags
from aws.trail import Event
from commands.diagnosis.capacity import fits
from commands.diagnosis.facts import Facts, Options, Refusal, Room
from commands.diagnosis.finding import Finding
from commands.diagnosis.instance import calm, in_short, judge
from tests.canned import ROLE
from tests.commands.diagnosis.machines import (
    ATTACHED,
    KEY,
    LAUNCH_ERROR,
    SUBNET,
    VOLUME,
    body,
    disk,
    facts,
    key,
    machine,
)

AT = datetime(2026, 11, 22, 0, 5, tzinfo=UTC)


def found(known: Facts) -> Finding:
    """The one reason."""
    (finding,) = judge(known).findings
    return finding


def all_of(finding: Finding) -> str:
    """Everything it says."""
    return " | ".join(map(str, (finding.what, *finding.evidence, finding.remedy, *finding.offers)))


def fell_back(**rest: Any) -> Facts:
    """EC2 took its start and gave it up."""
    return facts(code="Client.InternalError", message=LAUNCH_ERROR, volumes=(disk(key=KEY),), **rest)


# -- keys ----------------------------------------------------------------------------------------------


def test_a_role_without_rights_on_the_key_is_told_with_the_statement_that_is_missing() -> None:
    reason = found(fell_back(keys=(key("implicitDeny"),)))
    said = all_of(reason)
    assert f"{ROLE} may not use the KMS key {KEY} of {VOLUME}: kms:CreateGrant, kms:Decrypt" in said
    assert LAUNCH_ERROR in said
    assert "it may come up to 15 minutes late" in said
    assert "add this statement to a policy of the caller" in said
    actions = [one["Action"] for one in json.loads(reason.statement)]
    assert actions == [["kms:Decrypt"], ["kms:CreateGrant"]]


def test_a_key_that_names_others_is_told_with_a_statement_for_the_key() -> None:
    reason = found(fell_back(keys=(key("allowed", policy="{}"),)))
    assert "the policy of the key" in str(reason.remedy)
    assert json.loads(reason.statement)[0]["Principal"] == {"AWS": ROLE}


def test_where_something_denies_it_no_statement_is_offered() -> None:
    reason = found(fell_back(keys=(key("explicitDeny"),)))
    assert reason.statement == ""
    assert "a further statement cannot help" in str(reason.remedy)


@pytest.mark.parametrize(
    ("state", "remedy"), [("Disabled", "enable the key"), ("PendingDeletion", "cancel the deletion")]
)
def test_a_key_that_is_off_is_the_reason_before_any_right(state: str, remedy: str) -> None:
    reason = found(fell_back(keys=(key("implicitDeny", key=Key(KEY, state, False)),)))
    assert f"is {state}" in str(reason.what)
    assert remedy in str(reason.remedy)


def test_the_trail_is_evidence_when_it_is_there() -> None:
    denial = Event(AT, "CreateGrant", ROLE, "AccessDenied", "is not authorized to perform", f'"{KEY}"')
    said = all_of(found(fell_back(keys=(key("implicitDeny"),), denials=(denial,))))
    assert "CloudTrail: CreateGrant by" in said


def test_what_could_not_be_simulated_the_trail_may_have_seen() -> None:
    denial = Event(AT, "CreateGrant", ROLE, "AccessDenied", "no", f'"{KEY}"')
    reason = found(fell_back(keys=(key(verdicts=None),), denials=(denial,)))
    assert "KMS refused kms:CreateGrant" in str(reason.what)
    assert json.loads(reason.statement)["Action"] == ["kms:CreateGrant"]


def test_rights_that_are_there_are_not_blamed() -> None:
    assert judge(fell_back(keys=(key(),))).findings == ()


def test_missing_rights_are_not_blamed_for_a_stop_that_somebody_wanted() -> None:
    asleep = facts(code="Client.UserInitiatedShutdown", volumes=(disk(key=KEY),), keys=(key("implicitDeny"),))
    assert judge(asleep).findings == ()
    assert "somebody wanted it so" in str(calm(asleep))


# -- capacity and quotas -------------------------------------------------------------------------------


def refused(code: str, message: str = "no", **rest: Any) -> Facts:
    """Its start was refused at once."""
    return facts(code="Client.UserInitiatedShutdown", refusal=Refusal(code, message), **rest)


def test_no_capacity_comes_with_other_types_and_zones_and_with_where_its_volumes_are() -> None:
    options = Options(("ap-northeast-1c",), ("ap-northeast-1d",), ("m6i.large", "m7i.large"))
    said = all_of(found(refused("InsufficientInstanceCapacity", options=options)))
    assert "ap-northeast-1a has no capacity for m5.large now" in said
    assert "ap-northeast-1a also offers m6i.large, m7i.large" in said
    assert "its VPC has a subnet, in ap-northeast-1c" in said
    assert "ap-northeast-1d, where its VPC has no subnet" in said
    assert "its volumes cannot leave ap-northeast-1a" in said


def test_no_capacity_is_also_known_by_the_reason_of_the_state() -> None:
    gone = facts(
        code="Server.InsufficientInstanceCapacity", message="Server.InsufficientInstanceCapacity: none"
    )
    assert "no capacity" in str(found(gone).what)


@pytest.mark.parametrize(
    ("mine", "other", "expected"),
    [
        ("m5.large", "m6i.large", True),
        ("m5.large", "m5a.large", True),
        ("m5.large", "m6g.large", False),
        ("m6g.large", "m7g.large", True),
        ("m4.large", "m5.large", False),
        ("m5.large", "m5.xlarge", False),
        ("m5.large", "r5.large", False),
        ("t2.micro", "t3.micro", True),
        ("m5.large", "m5.large", False),
    ],
)
def test_alike_is_what_its_system_would_run_on(mine: str, other: str, expected: bool) -> None:
    assert fits(mine, other) is expected


def test_a_used_up_quota_is_told_with_its_numbers() -> None:
    said = all_of(found(refused("VcpuLimitExceeded", room=Room("L-1216C47A", 64, 63))))
    assert "the quota L-1216C47A allows 64 vCPUs, 63 run, i-0123456789abcdef0 needs 2" in said


# -- volumes, interfaces, spot, refusals -----------------------------------------------------------------


def test_a_volume_that_is_gone_or_broken_is_named() -> None:
    assert f"{VOLUME} does not exist" in str(found(facts(volumes=())).what)
    assert f"{VOLUME} is in the state error" in str(found(facts(volumes=(disk("error"),))).what)


def test_volumes_that_could_not_be_read_are_not_gone() -> None:
    assert judge(facts(volumes=(), read_volumes=False)).findings == ()


def test_an_instance_without_its_root_volume_is_told_so() -> None:
    bare = replace(facts(), one=machine(root_volume_id="", volume_ids=()))
    assert "no root volume" in str(found(bare).what)


def test_a_limit_of_volumes_is_not_taken_for_anything_else() -> None:
    full = facts(
        code="Client.VolumeLimitExceeded", message="Client.VolumeLimitExceeded: Volume limit exceeded"
    )
    assert "a limit of EBS volumes is reached" in str(found(full).what)


def test_an_interface_that_is_gone_is_named() -> None:
    second = Interface("eni-2", 1, "detaching", SUBNET)
    assert "eni-2 is detaching" in str(found(facts(body=body("", "", ATTACHED, second))).what)
    assert "no primary" in str(found(facts(body=replace(body(), interfaces=()))).what)


def test_a_spot_instance_that_was_taken_back_is_told_so() -> None:
    request = SpotRequest("sir-1", "i-1", "open", "instance-stopped-no-capacity", "")
    spot = facts(
        code="Server.SpotInstanceShutdown", message="Server.SpotInstanceShutdown: none", spot=request
    )
    said = all_of(found(replace(spot, one=machine(lifecycle="spot"))))
    assert "EC2 took this spot instance back" in said
    assert "instance-stopped-no-capacity" in said


def test_a_spot_instance_that_is_about_to_go_still_runs_but_is_not_well() -> None:
    request = SpotRequest("sir-1", "i-1", "active", "marked-for-termination", "")
    spot = replace(facts(spot=request), one=machine("running", lifecycle="spot"))
    said = all_of(found(spot))
    assert f"/ec2 drain {spot.one.id}" in said
    assert "takes this spot instance back within two minutes" in said


def test_a_cancelled_spot_request_starts_nothing() -> None:
    request = SpotRequest("sir-1", "i-1", "cancelled", "request-canceled-and-instance-running", "")
    spot = replace(facts(code="Client.UserInitiatedShutdown", spot=request), one=machine(lifecycle="spot"))
    assert "sir-1 is cancelled" in str(found(spot).what)


@pytest.mark.parametrize(
    ("code", "what"),
    [
        ("OptInRequired", "AWS Marketplace"),
        ("ScheduledStop", "was to be retired"),
        ("Unsupported", "not for the architecture x86_64"),
        ("UnsupportedOperation", "does not start i-0123456789abcdef0 as it is made"),
        ("InvalidAMIID.Unavailable", "ami-0123456789abcdef0 is not available"),
        ("LicenseLimitExceeded", "license"),
        ("UnauthorizedOperation", "may not start"),
    ],
)
def test_what_ec2_refused_is_told_with_ec2s_own_words(code: str, what: str) -> None:
    reason = found(refused(code, "because of this"))
    assert what in str(reason.what)
    assert "EC2 says: because of this" in all_of(reason)


# -- running, and unknown --------------------------------------------------------------------------------


def running(system: str = "ok", instance: str = "ok", **rest: Any) -> Facts:
    """It runs, and its checks are so."""
    return facts("running", status=Status("running", system, instance), **rest)


def test_a_failed_system_check_is_answered_with_other_hardware() -> None:
    assert "`/ec2 stop i-0123456789abcdef0`, then `/ec2 start" in str(
        found(running("impaired", "impaired")).remedy
    )


def test_a_member_of_a_group_is_left_to_its_group() -> None:
    member = machine("running", tags=Tags.of({"aws:autoscaling:groupName": "web"}))
    assert "group web replaces it" in str(found(replace(running("impaired"), one=member)).remedy)


def test_a_failed_instance_check_comes_with_the_end_of_its_console() -> None:
    reason = found(running("ok", "impaired", console=("[ 1.0] VFS: Cannot open root device", "Kernel panic")))
    assert reason.output.endswith("Kernel panic")


def test_a_secret_on_the_console_is_blacked_out() -> None:
    reason = found(running("ok", "impaired", console=("export DB_PASSWORD=hunter2hunter2",)))
    assert "hunter2" not in reason.output


def test_checks_without_data_are_told_apart_from_failed_ones() -> None:
    assert "no data" in str(found(running("insufficient-data", "ok")).what)


def test_a_healthy_instance_gets_a_calm_answer() -> None:
    assert judge(running()).findings == ()
    assert str(calm(running())) == "i-0123456789abcdef0 runs, and all its status checks pass"
    assert "not over yet" in str(calm(running("initializing", "initializing")))


def test_what_toban_does_not_know_it_does_not_guess() -> None:
    strange = facts(code="Server.Mystery", message="Server.Mystery: a riddle")
    assert judge(strange).findings == ()
    assert "toban knows no reason for it" in str(calm(strange))
    assert "toban finds no cause that it knows" in str(in_short(judge(strange)))


def test_a_failed_start_without_capacity_is_told_at_once_where_there_may_be_some() -> None:
    options = Options(("ap-northeast-1c",), (), ("m6i.large",))
    told = str(in_short(judge(refused("InsufficientInstanceCapacity", options=options))))
    assert "m6i.large" in told
    assert "ap-northeast-1c" in told


def test_a_failed_start_is_explained_with_what_to_do_and_where_the_statement_is() -> None:
    said = str(in_short(judge(fell_back(keys=(key("implicitDeny"),)))))
    assert "kms:CreateGrant" in said
    assert "`/ec2 why i-0123456789abcdef0` prints it" in said
