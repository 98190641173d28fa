"""Each way AWS can say no arrives as what it is."""

import socket

import pytest

from aws import instance, snapshot
from aws.account import Accounts, Place
from aws.errors import (
    AwsError,
    Denied,
    InUse,
    NoAnswer,
    NoCredentials,
    NotFound,
    Refused,
    Throttled,
    Unreachable,
)
from tests.aws.conftest import PLACE
from tests.aws.wire import Wire, answering, cutting, refusing

PROD = Place("prod", "eu-west-1")
DENIAL = (
    "You are not authorized to perform this operation."
    " User: arn:aws:sts::123456789012:assumed-role/toban/toban"
    " is not authorized to perform: ec2:StopInstances"
    " on resource: arn:aws:ec2:eu-west-1:123456789012:instance/i-0123456789abcdef0"
    " because no identity-based policy allows the ec2:StopInstances action."
    " Encoded authorization failure message: zqFxxxxxxxx"
)
STOPPED = """<StopInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>req-9</requestId>
<instancesSet><item><instanceId>i-0123456789abcdef0</instanceId><currentState><name>stopping</name></currentState>
</item></instancesSet></StopInstancesResponse>"""


def stopping(accounts: Accounts, place: Place = PLACE) -> AwsError:
    """The error that a stop ends in; botocore may repeat it."""
    with pytest.raises(AwsError) as caught:
        instance.stop(accounts.ec2(place), ["i-0123456789abcdef0"])
    return caught.value


def creating(accounts: Accounts) -> AwsError:
    """The error that a snapshot ends in; nothing may repeat it."""
    with pytest.raises(AwsError) as caught:
        snapshot.create_of_volume(accounts.ec2_once(PLACE), "vol-0123456789abcdef0", tags={}, description="")
    return caught.value


def test_a_denial_names_the_missing_action_its_resource_and_who(wire: Wire, wired: Accounts) -> None:
    wire.reactions = [refusing("UnauthorizedOperation", DENIAL, 403)]
    error = stopping(wired)
    assert isinstance(error, Denied)
    assert error.action == "ec2:StopInstances"
    assert error.resource == "arn:aws:ec2:eu-west-1:123456789012:instance/i-0123456789abcdef0"
    assert error.principal == "arn:aws:sts::123456789012:assumed-role/toban/toban"
    assert error.said.request_id == "req-1"
    assert "zqF" not in str(error)
    assert not error.maybe_done


def test_a_denial_without_details_names_the_action_of_the_call(wire: Wire, wired: Accounts) -> None:
    wire.reactions = [
        refusing("UnauthorizedOperation", "You are not authorized to perform this operation.", 403)
    ]
    error = stopping(wired)
    assert isinstance(error, Denied)
    assert (error.action, error.resource, error.principal) == ("ec2:StopInstances", "", "")


def test_a_role_that_may_not_be_assumed_is_a_denial_of_that(wire: Wire, wired: Accounts) -> None:
    message = (
        "User: arn:aws:sts::1:assumed-role/host/i-1 is not authorized to perform: sts:AssumeRole"
        " on resource: arn:aws:iam::210987654321:role/toban"
    )
    wire.reactions = [
        answering(
            f"<ErrorResponse><Error><Code>AccessDenied</Code><Message>{message}</Message></Error></ErrorResponse>",
            403,
        )
    ]
    error = stopping(wired, PROD)
    assert isinstance(error, Denied)
    assert (error.action, error.resource) == ("sts:AssumeRole", "arn:aws:iam::210987654321:role/toban")


def test_what_is_not_there_is_named(wire: Wire, wired: Accounts) -> None:
    wire.reactions = [
        refusing(
            "InvalidInstanceID.NotFound", "The instance IDs 'i-0123456789abcdef0, i-12345678' do not exist"
        )
    ]
    error = stopping(wired)
    assert isinstance(error, NotFound)
    assert error.ids == ("i-0123456789abcdef0", "i-12345678")


def test_what_is_in_use_names_its_users(wire: Wire, wired: Accounts) -> None:
    wire.reactions = [
        refusing(
            "InvalidSnapshot.InUse",
            "The snapshot snap-0123456789abcdef0 is currently in use by ami-0123456789abcdef0",
        )
    ]
    error = stopping(wired)
    assert isinstance(error, InUse)
    assert error.by == ("ami-0123456789abcdef0",)


@pytest.mark.parametrize(
    ("code", "status", "kind"),
    [
        ("IncorrectInstanceState", 400, Refused),
        ("InsufficientInstanceCapacity", 500, Refused),
        ("RequestLimitExceeded", 503, Throttled),
        ("SnapshotCreationPerVolumeRateExceeded", 400, Throttled),
        ("RequestExpired", 400, NoCredentials),
        ("InternalError", 500, NoAnswer),
        ("Unavailable", 503, NoAnswer),
    ],
)
def test_a_code_means_what_aws_says_it_means(
    wire: Wire, wired: Accounts, code: str, status: int, kind: type[AwsError]
) -> None:
    wire.reactions = [refusing(code, "No.", status)]
    error = creating(wired)
    assert type(error) is kind
    assert (error.said.code, error.said.message, error.said.operation) == (code, "No.", "CreateSnapshot")
    assert error.maybe_done is (kind is NoAnswer)


def test_a_change_without_a_token_is_sent_once_however_it_ends(wire: Wire, wired: Accounts) -> None:
    wire.reactions = [cutting]
    assert isinstance(creating(wired), NoAnswer)
    assert len(wire.seen) == 1


def test_an_answer_that_does_not_come_in_time_is_no_answer(wire: Wire, wired: Accounts) -> None:
    wire.reactions = [wire.hanging]
    error = creating(wired)
    assert isinstance(error, NoAnswer)
    assert (error.said.service, error.said.operation) == ("ec2", "CreateSnapshot")


@pytest.mark.parametrize("garbage", ["<!doctype html><p>Bad gateway", ""])
def test_an_answer_that_cannot_be_read_is_no_answer(wire: Wire, wired: Accounts, garbage: str) -> None:
    wire.reactions = [answering(garbage, 200 if garbage else 502)]
    error = creating(wired)
    assert isinstance(error, NoAnswer)
    assert error.said.operation == "CreateSnapshot"


def test_nobody_listening_means_it_was_not_sent(accounts: Accounts, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
    error = creating(accounts)
    assert isinstance(error, Unreachable)
    assert not error.maybe_done


def test_a_repeatable_change_survives_a_cut_line(wire: Wire, wired: Accounts) -> None:
    wire.reactions = [cutting, answering(STOPPED)]
    answer = instance.stop(wired.ec2(PLACE), ["i-0123456789abcdef0"])
    assert (answer.request_id, dict(answer.states)) == ("req-9", {"i-0123456789abcdef0": "stopping"})


def test_a_refusal_after_a_cut_attempt_may_hide_that_it_was_done(wire: Wire, wired: Accounts) -> None:
    wire.reactions = [cutting, refusing("IncorrectInstanceState", "It is stopping.")]
    error = stopping(wired)
    assert isinstance(error, Refused)
    assert error.maybe_done


def test_a_role_service_that_does_not_answer_means_nothing_was_done(wire: Wire, wired: Accounts) -> None:
    wire.reactions = [wire.hanging]
    error = stopping(wired, PROD)
    assert isinstance(error, NoCredentials)
    assert {seen["Action"] for seen in wire.seen} == {"AssumeRole"}


def test_without_any_identity_nothing_is_sent(
    wire: Wire, wired: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    assert isinstance(stopping(wired), NoCredentials)
    assert isinstance(stopping(wired, PROD), NoCredentials)
    assert wire.seen == []


def test_an_error_reads_as_a_sentence(wire: Wire, wired: Accounts) -> None:
    wire.reactions = [refusing("IncorrectInstanceState", "The instance is not in a state to be stopped.")]
    assert str(stopping(wired)) == (
        "stopping i-0123456789abcdef0: The instance is not in a state to be stopped. (IncorrectInstanceState)"
    )
