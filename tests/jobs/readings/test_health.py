"""AWS Health: abuse, what AWS has scheduled, issues and notifications, as who is on duty reads them."""

import json
from datetime import UTC, datetime

import pytest

from bot.trouble import Phase, Severity
from tests.jobs.readings.given import INSTANCE, OTHER, buttons, facts, reading, say


def test_a_report_of_abuse_comes_with_the_report_and_the_buttons_that_contain_it() -> None:
    found = reading("health_abuse")
    assert say(found.title) == "AWS reports abuse: dos report"
    assert (found.severity, found.phase) == (Severity.CRITICAL, Phase.BEGINS)
    assert facts(found)[:3] == [
        "from 22 Nov 2026, 10:00 JST",
        f"affected: {INSTANCE}",
        "type AWS_ABUSE_DOS_REPORT",
    ]
    assert "Reported activity: DoS" in facts(found)
    assert buttons(found) == {
        f"Isolate {INSTANCE}": f"ec2 isolate {INSTANCE}",
        f"1. Snapshots of {INSTANCE}": f"snapshot create {INSTANCE}",
        f"2. Stop {INSTANCE}": f"ec2 stop {INSTANCE}",
    }
    assert found.ignorable
    assert found.names["instance"] == INSTANCE


def test_a_report_of_abuse_shows_what_its_instance_sends_out() -> None:
    metric = reading("health_abuse").metric
    assert (metric["namespace"], metric["name"]) == ("AWS/EC2", "NetworkOut")
    assert json.loads(metric["dimensions"]) == {"InstanceId": INSTANCE}
    many = [{"entityValue": INSTANCE}, {"entityValue": OTHER}]
    assert reading("health_abuse", affectedEntities=many).metric == {}


def test_a_report_of_abuse_ends_when_aws_closes_it() -> None:
    begun, over = reading("health_abuse"), reading("health_abuse_closed")
    assert (over.phase, over.subject) == (Phase.ENDS, begun.subject)
    assert say(over.title) == "The report of abuse is closed: dos report"


@pytest.mark.parametrize("detail", [{"service": "ABUSE"}, {"eventTypeCode": "AWS_ABUSE_SPAM_REPORT"}])
def test_abuse_is_abuse_by_its_service_or_by_its_code(detail: dict[str, str]) -> None:
    assert reading("health_issue", **detail).severity is Severity.CRITICAL
    assert say(reading("health_issue", **detail).title).startswith("AWS reports abuse")


def test_a_scheduled_retirement_says_when_and_whose_and_offers_to_be_quicker() -> None:
    found = reading("health_retirement")
    assert say(found.title) == "EC2: instance retirement scheduled at 7 Dec 2026, 12:00 JST"
    assert (found.severity, found.phase) == (Severity.WARNING, Phase.BEGINS)
    assert facts(found)[:2] == [
        "from 7 Dec 2026, 12:00 JST until 7 Dec 2026, 14:00 JST",
        f"affected: 2 resources, {INSTANCE}, {OTHER}",
    ]
    assert buttons(found) == {
        f"1. Stop {INSTANCE} +1 now": f"ec2 stop {INSTANCE} {OTHER}",
        f"2. Start {INSTANCE} +1 again": f"ec2 start {INSTANCE} {OTHER}",
    }


def test_lines_of_rules_name_an_instance_only_when_there_is_one() -> None:
    """A rule's line about one of two would leave the other as it is, and nobody would see it."""
    assert "instance" not in reading("health_retirement").names


def test_a_scheduled_change_that_is_closed_is_over() -> None:
    found = reading("health_retirement", statusCode="closed")
    assert found.phase is Phase.ENDS
    assert say(found.title) == "EC2: instance retirement scheduled is over"


def test_only_what_is_scheduled_says_when_it_starts() -> None:
    assert reading("health_retirement").starts == datetime(2026, 12, 7, 3, 0, tzinfo=UTC)
    assert reading("health_issue").starts is None


def test_an_issue_matters_most_when_it_hits_what_is_ours() -> None:
    assert reading("health_issue").severity is Severity.CRITICAL
    assert reading("health_issue_public").severity is Severity.WARNING


def test_an_issue_begins_open_and_ends_closed() -> None:
    begun, over = reading("health_issue_public"), reading("health_issue_closed")
    assert (begun.phase, over.phase) == (Phase.BEGINS, Phase.ENDS)
    assert begun.subject == over.subject
    assert say(over.title) == "ELASTICLOADBALANCING: operational issue is over"


def test_what_hits_one_account_is_about_that_account_and_what_is_public_is_one_trouble() -> None:
    """An event's ARN is the same in every account that it hits."""
    ours = reading("health_issue").subject, reading("health_issue", affectedAccount="111111111111").subject
    public = (
        reading("health_issue_public").subject,
        reading("health_issue_public", affectedAccount="111111111111").subject,
    )
    assert ours[0] != ours[1]
    assert public[0] == public[1]


def test_a_notification_is_only_told_and_says_whose_it_is_and_that_there_is_more() -> None:
    found = reading("health_notification")
    assert (found.severity, found.phase, found.offers) == (Severity.INFO, Phase.TELLS, ())
    assert "of account 111111111111" in facts(found)
    assert "page 1 of 3 that AWS sends of it" in facts(found)


def test_a_long_report_is_folded_into_a_few_lines() -> None:
    said = [{"language": "en_US", "latestDescription": "word " * 2000}]
    told = facts(reading("health_abuse", eventDescription=said))
    assert len(told) <= 12
    assert max(map(len, told)) <= 300
    assert told[-1].endswith("…")


def test_a_secret_in_a_report_is_blacked_out() -> None:
    said = [
        {"language": "en_US", "latestDescription": "we found AKIAIOSFODNN7EXAMPLE in a public repository"}
    ]
    assert "AKIA" not in " ".join(facts(reading("health_abuse", eventDescription=said)))
