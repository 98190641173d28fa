import pytest

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
from aws.said import Said
from bot.refusals import said

SESSION = "arn:aws:sts::111122223333:assumed-role/toban-operator/toban"
ROLE = "arn:aws:iam::111122223333:role/ops/toban-operator"
KINDS = (AwsError, NotFound, Denied, Throttled, Refused, InUse, NoCredentials, Unreachable, NoAnswer)


def denied(principal: str, resource: str = "") -> Denied:
    on = f" on resource: {resource} because no policy allows it" if resource else ""
    message = f"User: {principal} is not authorized to perform: ec2:StopInstances{on}"
    return Denied("stopping i-1", Said(message, "UnauthorizedOperation", "ec2", "StopInstances"))


@pytest.mark.parametrize("principal", [SESSION, ROLE])
def test_a_denial_names_the_permission_and_the_role_that_lacks_it(principal: str) -> None:
    assert str(said(denied(principal))) == (
        "toban's role toban-operator in account 111122223333 lacks ec2:StopInstances;"
        " add it to the role's policy"
    )


def test_a_denial_names_the_account_as_the_settings_do_when_that_is_known() -> None:
    assert "in account prod lacks" in str(said(denied(SESSION), "prod"))


def test_a_denial_names_what_it_was_denied_on() -> None:
    arn = "arn:aws:ec2:ap-northeast-1:111122223333:instance/i-0abc"
    assert f"lacks ec2:StopInstances on {arn};" in str(said(denied(SESSION, arn)))


def test_a_denial_that_names_nobody_still_names_the_permission() -> None:
    silent = Denied(
        "stopping", Said("You are not authorized", "UnauthorizedOperation", "ec2", "StopInstances")
    )
    assert str(said(silent, "prod")).startswith("toban's role in account prod lacks ec2:StopInstances")
    assert str(said(silent)).startswith("toban's role lacks ec2:StopInstances")


def test_a_missing_resource_is_named() -> None:
    error = NotFound("stopping", Said("The instance ID 'i-0123456789abcdef0' does not exist", "X"))
    assert str(said(error)).startswith("i-0123456789abcdef0 does not exist (any more); check the id")


def test_what_still_uses_a_resource_is_named() -> None:
    message = "The snapshot snap-0123456789abcdef0 is currently in use by ami-0123456789abcdef0"
    assert "still used by ami-0123456789abcdef0" in str(said(InUse("deleting", Said(message, "X"))))


def test_a_plain_no_keeps_the_code_and_words_of_aws() -> None:
    error = Refused("starting", Said("No capacity here.\n", "InsufficientInstanceCapacity"))
    assert str(said(error)) == "AWS refused with InsufficientInstanceCapacity: No capacity here"


def test_a_cut_answer_says_that_it_may_have_happened() -> None:
    assert "may or may not have happened" in str(
        said(NoAnswer("starting", Said("reset", "ConnectionClosed")))
    )


def test_a_throttled_change_that_may_have_happened_is_not_asked_for_again_lightly() -> None:
    doubtful = Throttled("starting", Said("slow", "RequestLimitExceeded", doubtful=True))
    assert "may or may not have happened" in str(said(doubtful))
    sure = Throttled("starting", Said("slow", "RequestLimitExceeded"))
    assert "ask again in a few minutes" in str(said(sure))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("message", ["", "plain", "{0} {n} {", "x" * 5000])
def test_every_kind_of_error_has_a_sentence(kind: type[AwsError], message: str) -> None:
    assert str(said(kind("doing", Said(message))))
