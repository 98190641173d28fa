"""Trusted Advisor: what a check found, how much it matters, and that it is right again."""

from bot.trouble import Phase, Severity
from tests.jobs.readings.given import INSTANCE, buttons, facts, reading, say


def test_a_check_says_what_it_found_of_a_resource() -> None:
    found = reading("advisor_warning")
    assert say(found.title) == f"Trusted Advisor: Low Utilization Amazon EC2 Instances ({INSTANCE})"
    assert (found.severity, found.phase) == (Severity.INFO, Phase.BEGINS)
    assert "Estimated Monthly Savings: $181.04" in facts(found)
    assert buttons(found) == {f"Show {INSTANCE}": f"ec2 show {INSTANCE}"}


def test_red_matters_more_than_yellow_and_an_exposed_key_most() -> None:
    assert reading("advisor_error").severity is Severity.WARNING
    exposed = reading("advisor_error", **{"check-name": "Exposed Access Keys"})
    assert exposed.severity is Severity.CRITICAL


def test_what_is_right_again_is_over() -> None:
    wrong, right = reading("advisor_error"), reading("advisor_ok")
    assert (right.phase, right.subject) == (Phase.ENDS, wrong.subject)


def test_a_check_that_could_not_be_made_is_shown_as_it_is() -> None:
    found = reading("advisor_error", status="NOT_AVAILABLE")
    assert say(found.title).startswith("aws.trustedadvisor · Trusted Advisor Check Item Refresh")
