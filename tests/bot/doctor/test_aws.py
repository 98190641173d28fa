"""What the doctor sees of AWS: a local one, but simulations that say no, which are canned."""

import socket
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from aws.account import Accounts
from bot.doctor import clock, identity, keys, permissions
from bot.doctor.finding import Finding, Health
from bot.doctor.in_use import InUse
from bot.settings import Settings
from playground.aws.faults import Fault, Kind
from tests.bot.doctor.conftest import Setup, only
from tests.canned import ACCOUNT_ID, TOKYO, CannedAccounts

ROLE = f"arn:aws:iam::{ACCOUNT_ID}:role/toban"


# -- who toban is ------------------------------------------------------------------------------------


def entered(setup: Setup) -> Finding:
    patient = setup.patient
    return only(list(identity.look(patient.aws, patient.settings.accounts[0])), Health.FAILED)


def test_an_account_with_another_id_than_the_configs_is_a_failure(setup: Setup) -> None:
    setup.configure('zone = "UTC"\n[accounts.dev]\nid = "222222222222"\nregions = ["us-east-1"]\n')
    found = entered(setup)
    assert "123456789012, and the config says 222222222222" in found.what
    assert "[accounts.dev]" in found.do


def test_a_role_that_does_not_trust_toban_is_told_with_what_its_trust_policy_must_name(setup: Setup) -> None:
    setup.aws.control.order(Fault(Kind.DENY, action="AssumeRole"))
    found = entered(setup)
    assert "sts:AssumeRole" in found.what
    assert "trust policy of arn:aws:iam::111111111111:role/toban" in found.do
    assert "without an external id" in found.do


def test_a_process_without_any_identity_is_told_the_ways_to_one(
    setup: Setup, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    found = entered(setup)
    assert "no valid identity" in found.what
    assert "instance profile" in found.do
    assert "aws sso login" in found.do


def test_an_aws_that_is_not_reached_says_what_to_open(setup: Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    found = entered(setup)
    assert "AWS does not answer" in found.what
    assert "443" in found.do


def test_an_aws_that_takes_questions_and_never_answers_is_said_in_time(
    setup: Setup, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{deaf.getsockname()[1]}")
        given = setup.patient.settings.accounts[0]
        with closing(Accounts([given], connect_seconds=0.1, read_seconds=0.1)) as aws:
            found = only(list(identity.look(aws, given)), Health.FAILED)
    assert "AWS does not answer (ReadTimeoutError)" in found.what
    assert "443" in found.do


def test_an_access_key_that_never_ends_is_a_warning_and_one_that_ends_is_not(
    setup: Setup, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
    found = only(list(keys.look(setup.patient.aws)), Health.WARNING)
    assert "AWS_ACCESS_KEY_ID in the environment" in found.what
    assert "role" in found.do
    assert "AKIA" not in found.what + found.do
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "ASIAIOSFODNN7EXAMPLE")
    only(list(keys.look(setup.patient.aws)), Health.OK)


# -- what it may do ----------------------------------------------------------------------------------


def looked(setup: Setup, aws: Accounts | None = None) -> list[Finding]:
    patient, settings = setup.patient, setup.patient.settings
    return list(permissions.look(aws or patient.aws, settings, settings.accounts[0], InUse(settings)))


def simulating(setup: Setup, no: Mapping[str, Any]) -> tuple[CannedAccounts, Settings]:
    """An AWS that allows all but what is in `no`; what stands there is added to its verdict."""

    def answer(asked: Mapping[str, Any]) -> Mapping[str, Any]:
        resource = asked["ResourceArns.member.1"]
        results = []
        for name in (value for key, value in asked.items() if key.startswith("ActionNames.")):
            only_on = no.get(name, {}).get("on", "nothing")
            more = {key: value for key, value in no.get(name, {}).items() if key != "on"}
            denied = name in no and not resource.startswith(only_on)
            decision = {"EvalDecision": "implicitDeny", **more} if denied else {"EvalDecision": "allowed"}
            results.append({"EvalActionName": name, **decision})
        return {"EvaluationResults": results}

    given = setup.patient.settings
    account = replace(given.accounts[0], name=TOKYO.account, id=ACCOUNT_ID, role_arn=ROLE)
    queues = tuple(replace(queue, account=TOKYO.account) for queue in given.queues)
    return CannedAccounts({"iam.SimulatePrincipalPolicy": answer}), replace(
        given, accounts=(account,), queues=queues
    )


def simulated(setup: Setup, no: Mapping[str, Any]) -> list[Finding]:
    aws, settings = simulating(setup, no)
    return list(permissions.look(aws, settings, settings.accounts[0], InUse(settings)))


def test_an_action_that_no_statement_allows_is_named(setup: Setup) -> None:
    found = only(simulated(setup, {"ec2:StopInstances": {}, "sqs:ReceiveMessage": {}}), Health.FAILED)
    assert "lacks ec2:StopInstances, sqs:ReceiveMessage" in found.what
    assert ACCOUNT_ID in found.do


def test_what_is_allowed_on_one_kind_of_resource_or_by_a_tag_is_not_missing(setup: Setup) -> None:
    narrow = {
        "ec2:StopInstances": {"on": f"arn:aws:ec2:{TOKYO.region}:{ACCOUNT_ID}:instance/"},
        "ec2:StartInstances": {"MissingContextValues": ["aws:ResourceTag/env"]},
    }
    only(simulated(setup, narrow), Health.OK)


def test_what_nobody_may_ask_for_needs_no_permission(setup: Setup) -> None:
    (setup.folder / "policy.cedar").write_text(
        '@id("read") permit (principal, action in Action::"read", resource);', encoding="utf-8"
    )
    setup.configure(
        'zone = "UTC"\npolicy = "policy.cedar"\n'
        '[accounts.dev]\nid = "222222222222"\nregions = ["us-east-1"]\n'
    )
    only(simulated(setup, {"ec2:StopInstances": {}}), Health.OK)
    found = only(simulated(setup, {"ec2:DescribeInstances": {}}), Health.FAILED)
    assert "ec2:DescribeInstances" in found.what


def test_where_iam_may_not_be_asked_a_few_reads_are_tried(setup: Setup) -> None:
    setup.aws.control.order(Fault(Kind.DENY, action="SimulatePrincipalPolicy"))
    found = only(looked(setup), Health.WARNING)
    assert "iam:SimulatePrincipalPolicy" in found.what
    setup.aws.control.order(Fault(Kind.DENY, action="DescribeVolumes"))
    found = only(looked(setup), Health.FAILED)
    assert "lacks ec2:DescribeVolumes" in found.what
    assert "toban" in found.do or "policy" in found.do


def test_an_account_that_is_not_entered_is_not_said_to_lack_anything(setup: Setup) -> None:
    setup.aws.control.order(Fault(Kind.DENY, action="AssumeRole"))
    found = only(looked(setup), Health.WARNING)
    assert "not looked at" in found.what
    assert "aws identity" in found.do


# -- what time it is ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seconds", "health"), [(0, Health.OK), (20, Health.OK), (-45, Health.WARNING), (330, Health.FAILED)]
)
def test_a_clock_that_is_off_is_told_by_how_much(setup: Setup, seconds: int, health: Health) -> None:
    setup.clock.off = timedelta(seconds=seconds)
    found = only(list(clock.look(setup.patient)), health)
    if health is not Health.OK:
        way = "ahead of" if seconds > 0 else "behind"
        assert way in found.what
        assert "chrony" in found.do


def test_one_that_only_aws_says_is_wrong_is_found_too(setup: Setup) -> None:
    setup.aws.control.advance(400)
    found = only(list(clock.look(setup.patient)), Health.FAILED)
    assert "behind AWS's" in found.what


def test_where_nobody_says_the_time_the_doctor_does_not_guess(
    setup: Setup, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    setup.environment["SLACK_API_URL"] = "http://127.0.0.1:9/api/"
    only(list(clock.look(setup.patient)), Health.WARNING)
