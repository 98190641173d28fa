"""What is told of a call that CloudTrail recorded: who, from where, and what AWS answered.

Source: "CloudTrail record contents" and "CloudTrail userIdentity element" (CloudTrail user guide).
"""

from collections.abc import Iterator

from bot.event import Event
from bot.words import Words, words
from jobs.readings.fields import prose, tail, text

ROOT = "Root"


def of(event: Event) -> tuple[Words, ...]:
    """A line each."""
    return (*_who(event), *_where(event), *_mfa(event), *_error(event))


def who(event: Event) -> str:
    """A short name: the user, or role/session."""
    identity = event.detail.get("userIdentity")
    if text(identity, "type") == ROOT:
        return "root"
    arn = text(identity, "arn", most=300)
    if ":assumed-role/" in arn:
        return arn.split(":assumed-role/", 1)[1]
    said = text(identity, "userName") or tail(arn) or text(identity, "invokedBy")
    return said or text(identity, "type") or "–"


def is_root(event: Event) -> bool:
    """Whether it is the account's root user."""
    return text(event.detail, "userIdentity", "type") == ROOT


def _who(event: Event) -> Iterator[Words]:
    identity = event.detail.get("userIdentity")
    arn = text(identity, "arn", most=250) or text(identity, "invokedBy")
    yield words("who: {who}", who=arn or who(event))


def _where(event: Event) -> Iterator[Words]:
    address, agent = text(event.detail, "sourceIPAddress"), text(event.detail, "userAgent", most=100)
    if address and agent:
        yield words("from {address} with {agent}", address=address, agent=agent)
    elif address:
        yield words("from {address}", address=address)


def _mfa(event: Event) -> Iterator[Words]:
    detail = event.detail
    used = text(detail, "additionalEventData", "MFAUsed").casefold() or text(
        detail, "userIdentity", "sessionContext", "attributes", "mfaAuthenticated"
    )
    if used in {"yes", "true"}:
        yield words("with a second factor")
    elif used in {"no", "false"}:
        yield words("without a second factor")


def _error(event: Event) -> Iterator[Words]:
    code, message = text(event.detail, "errorCode"), prose(event.detail, "errorMessage")
    if said := ": ".join(filter(None, (code, message))):
        yield words("AWS refused it: {why}", why=said)
