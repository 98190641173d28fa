"""Certificates: how many days are left, what to do, and when it is over."""

import pytest

from bot.trouble import Phase, Severity
from tests.jobs.readings.given import facts, reading, say


@pytest.mark.parametrize(
    ("days", "severity", "title"),
    [
        (31, Severity.WARNING, "The certificate of shop.example.com expires in 31 days"),
        (8, Severity.WARNING, "The certificate of shop.example.com expires in 8 days"),
        (7, Severity.CRITICAL, "The certificate of shop.example.com expires in 7 days"),
        (1, Severity.CRITICAL, "The certificate of shop.example.com expires in 1 day"),
        (None, Severity.WARNING, "The certificate of shop.example.com expires soon"),
    ],
)
def test_the_last_week_of_a_certificate_is_critical(days: int | None, severity: Severity, title: str) -> None:
    found = reading("acm_expires", DaysToExpiry=days)
    assert (found.severity, say(found.title), found.phase) == (severity, title, Phase.BEGINS)


def test_a_certificate_that_has_expired_is_critical_and_says_whether_something_uses_it() -> None:
    found = reading("acm_expired")
    assert (say(found.title), found.severity) == (
        "The certificate of shop.example.com has expired",
        Severity.CRITICAL,
    )
    assert facts(found)[:2] == ["valid until 22 Nov 2026, 09:59 JST", "something uses it"]


@pytest.mark.parametrize(
    ("why", "method", "what"),
    [
        ("PENDING_DOMAIN_VALIDATION", "DNS",
         "What to do: put ACM's CNAME record back into the domain's DNS."),
        ("PENDING_DOMAIN_VALIDATION", "EMAIL",
         "What to do: approve the renewal by the link in ACM's mail."),
        ("CAA_ERROR", "DNS",
         "What to do: let a CAA record of the domain name amazon.com, or remove the CAA records."),
        ("PCA_ACCESS_DENIED", "",
         "What to do: see that the private CA is active, and that ACM may use it."),
    ],
)  # fmt: skip
def test_a_renewal_that_waits_for_people_says_what_to_do(why: str, method: str, what: str) -> None:
    found = reading("acm_action_required", RenewalStatusReason=why, DomainValidationMethod=method)
    assert say(found.title) == "The certificate of shop.example.com cannot be renewed without you"
    assert what in facts(found)


def test_a_certificate_that_is_ready_ends_the_trouble() -> None:
    assert reading("acm_available").phase is Phase.ENDS
    assert reading("acm_available").subject == reading("acm_expires").subject
