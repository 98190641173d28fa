"""ACM: certificates that expire, cannot be renewed, or are there again.

Source: "Amazon EventBridge support for ACM" (Certificate Manager user guide): events of expiry come daily,
from 45 or 30 days before.
"""

from collections.abc import Iterator

from bot.event import Event
from bot.trouble import Phase, Reading, Severity
from bot.words import Words, plural, words
from jobs.readings import naming
from jobs.readings.fields import amount, moment, tail, text

NEAR = 7  # days before the end from which nobody may wait any more
_EXPIRES, _EXPIRED = "ACM Certificate Approaching Expiration", "ACM Certificate Expired"
_ACTION, _REVOKED = "ACM Certificate Renewal Action Required", "ACM Certificate Revoked"
_AVAILABLE = "ACM Certificate Available"
KINDS = (_EXPIRES, _EXPIRED, _ACTION, _REVOKED, _AVAILABLE)


def read(event: Event) -> Reading:
    """What an event says of a certificate.  Raises ValueError when none is named."""
    arn = text(next(iter(event.resources), ""), most=290)
    if not arn or event.kind not in KINDS:
        raise ValueError("an event of no certificate")
    domain = text(event.detail, "CommonName", most=70) or tail(arn)
    days = amount(event.detail, "DaysToExpiry")
    left = int(days) if days is not None and abs(days) < 100_000 else None
    return Reading(
        subject=arn,
        phase=Phase.ENDS if event.kind == _AVAILABLE else Phase.BEGINS,
        title=_title(event.kind, domain, left),
        severity=_severity(event.kind, left),
        facts=tuple(_facts(event)),
        names=naming.names(event, certificate=tail(arn), domain=naming.name(domain)),
        cause=naming.cause(event, "ACM"),
    )


def _title(kind: str, domain: str, left: int | None) -> Words:
    match kind:
        case "ACM Certificate Expired":
            return words("The certificate of {domain} has expired", domain=domain)
        case "ACM Certificate Revoked":
            return words("The certificate of {domain} is revoked", domain=domain)
        case "ACM Certificate Available":
            return words("The certificate of {domain} is ready", domain=domain)
        case "ACM Certificate Renewal Action Required":
            return words("The certificate of {domain} cannot be renewed without you", domain=domain)
        case _ if left is None:
            return words("The certificate of {domain} expires soon", domain=domain)
        case _:
            return plural(
                "The certificate of {domain} expires in {n} day",
                "The certificate of {domain} expires in {n} days",
                left,
                domain=domain,
            )


def _severity(kind: str, left: int | None) -> Severity:
    if kind == _AVAILABLE:
        return Severity.INFO
    over = kind in {_EXPIRED, _REVOKED} or (left is not None and left <= NEAR)
    return Severity.CRITICAL if over else Severity.WARNING


def _facts(event: Event) -> Iterator[Words]:
    detail = event.detail
    if end := moment(detail, "CertificateExpirationDate"):
        yield words("valid until {end}", end=end)
    elif days := text(detail, "DaysToExpiry"):
        yield words("valid for {days} more days", days=days)
    if why := text(detail, "RenewalStatusReason"):
        yield words("reason: {reason}", reason=why)
        yield from _what_to_do(why, text(detail, "DomainValidationMethod"))
    if text(detail, "InUse") in {"true", "false"}:
        used = text(detail, "InUse") == "true"
        yield words("something uses it") if used else words("nothing uses it")
    kind, origin = text(detail, "CertificateType"), text(detail, "CertificateKeyPairOrigin")
    if said := " ".join(filter(None, (kind, origin))):
        yield words("type {type}", type=said)


def _what_to_do(why: str, method: str) -> Iterator[Words]:
    """Source: "Troubleshoot managed certificate renewal" (Certificate Manager user guide)."""
    if why == "CAA_ERROR":
        yield words("What to do: let a CAA record of the domain name amazon.com, or remove the CAA records.")
    elif why == "PENDING_DOMAIN_VALIDATION" and method == "DNS":
        yield words("What to do: put ACM's CNAME record back into the domain's DNS.")
    elif why == "PENDING_DOMAIN_VALIDATION":
        yield words("What to do: approve the renewal by the link in ACM's mail.")
    elif why.startswith("PCA_"):
        yield words("What to do: see that the private CA is active, and that ACM may use it.")
