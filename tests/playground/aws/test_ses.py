from typing import Any

from playground.aws.server import LocalAws
from tests.playground.aws.conftest import PRODUCTION


def account(aws: LocalAws, region: str = "ap-northeast-1") -> dict[str, Any]:
    found: dict[str, Any] = aws.client("sesv2", account=PRODUCTION, region=region).get_account()
    return found


def test_an_account_of_which_nothing_is_said_is_in_the_sandbox(aws: LocalAws) -> None:
    found = account(aws)
    assert (found["ProductionAccessEnabled"], found["SendQuota"]["Max24HourSend"]) == (False, 200.0)


def test_it_stands_as_it_was_ordered_in_that_region_alone_until_a_reset(aws: LocalAws) -> None:
    aws.control.mail_stands(PRODUCTION, sent=40_000, enforcement="PROBATION")
    found = account(aws)
    assert (found["EnforcementStatus"], found["SendQuota"]["SentLast24Hours"]) == ("PROBATION", 40_000.0)
    assert account(aws, "us-west-2")["EnforcementStatus"] == "HEALTHY"
    aws.reset()
    assert account(aws)["EnforcementStatus"] == "HEALTHY"


def test_its_calls_are_known_by_their_names(aws: LocalAws) -> None:
    account(aws)
    assert aws.control.count("GetAccount", "ok") == 1
