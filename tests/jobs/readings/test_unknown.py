"""What no reading knows is readable all the same, and shows no secret."""

from bot.trouble import Phase, Severity
from tests.jobs.readings.given import INSTANCE, event, facts, reading, say


def test_an_event_that_nobody_knows_says_first_what_it_is_about() -> None:
    found = reading("unknown_guardduty")
    assert say(found.title) == "aws.guardduty · GuardDuty Finding"
    assert (found.severity, found.phase, found.offers) == (Severity.WARNING, Phase.TELLS, ())
    assert facts(found)[:4] == [
        "type: UnauthorizedAccess:EC2/SSHBruteForce",
        "severity: 8",
        f"title: {INSTANCE} is performing SSH brute force attacks",
        f"description: {INSTANCE} is performing SSH brute force attacks against 203.0.113.9.",
    ]


def test_there_are_twelve_lines_at_most_and_the_last_says_how_many_are_left_out() -> None:
    told = facts(reading("unknown_guardduty"))
    assert len(told) == 12
    assert told[-1] == "and 6 more fields"


def test_what_is_a_secret_by_its_form_or_by_its_name_is_blacked_out() -> None:
    told = facts(reading("unknown_guardduty"))
    assert "resource.accessKeyDetails.accessKeyId: [redacted]" in told
    assert "resource.accessKeyDetails.secretToken: [redacted]" in told


def test_what_names_a_resource_is_about_it_and_what_names_none_is_about_itself() -> None:
    stopped, started = reading("unknown_state_change"), reading("unknown_state_change", state="running")
    assert stopped.subject == started.subject
    assert facts(stopped)[0].startswith("resources: arn:aws:ec2:")
    assert stopped.names["instance"] == INSTANCE
    assert reading("unknown_guardduty").subject.endswith(event("unknown_guardduty").key)
