"""Whether toban is well, decided from what is known of it, with a reason a person can act on.  Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.store.vitals import Vitals

OUTBOX = timedelta(seconds=60)  # older than this nothing for Slack may be


@dataclass(frozen=True, slots=True)
class Socket:
    """One connection to Slack."""

    connected: bool
    deaf: bool  # it looks connected, and nothing comes in
    silent: float  # seconds since anything came in


@dataclass(frozen=True, slots=True)
class Stored:
    """What the database says; it was read, and written, just now."""

    vitals: Vitals
    audit_broken: bool  # a break that nobody has looked at
    workers: int | None = None  # that live, of all processes; None: this one works, and no other can


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known at one moment."""

    at: datetime
    sockets: Sequence[Socket]  # none, where Slack comes by HTTP
    stored: Stored | str  # str: the database is away, and why
    watched: bool  # somebody watches the failure tests that are under way
    trouble: str = ""  # why Slack and toban do not speak, where no socket shows it


@dataclass(frozen=True, slots=True)
class Finding:
    """How one thing stands; `said` is why, and what to do, when it does not stand well."""

    check: str
    well: bool
    said: str = ""


def findings(facts: Facts) -> tuple[Finding, ...]:
    """One for each thing that is looked at; those of the database only when it answers."""
    return tuple(_findings(facts))


def _findings(facts: Facts) -> Iterator[Finding]:
    yield _finding("slack", facts.trouble or _slack(facts.sockets))
    if isinstance(facts.stored, str):
        yield Finding("database", well=False, said=facts.stored)
        return
    yield Finding("database", well=True)
    vitals = facts.stored.vitals
    yield _finding("workers", _workers(facts.stored.workers))
    yield _finding("outbox", _outbox(vitals.unsent_since, facts.at))
    yield _finding("drills", _drills(vitals.drills, watched=facts.watched))
    yield _finding("audit", _audit(broken=facts.stored.audit_broken))


def _finding(check: str, wrong: str) -> Finding:
    return Finding(check, not wrong, wrong)


def _slack(sockets: Sequence[Socket]) -> str:
    """One deaf socket is enough: Slack gives it its share of clicks, and does not repeat them.

    Where Slack comes by HTTP there is no socket.
    """
    if sockets and not any(one.connected for one in sockets):
        return "no socket is connected to Slack: look for slack.away in the log, at the tokens, the network"
    if deaf := [one for one in sockets if one.deaf]:
        longest = max(one.silent for one in deaf)
        return f"{len(deaf)} of {len(sockets)} sockets heard nothing for {longest:.0f} s; toban replaces them"
    return ""


def _workers(living: int | None) -> str:
    if living != 0:
        return ""
    return "no worker lives, so what people ask for waits: start `toban run --role worker`, or `toban run`"


def _outbox(since: datetime | None, now: datetime) -> str:
    if since is None or now - since <= OUTBOX:
        return ""
    age = (now - since).total_seconds()
    return f"a message for Slack waits for {age:.0f} s: look for outbox.later in the log"


def _drills(open_: int, *, watched: bool) -> str:
    if not open_ or watched:
        return ""
    return (
        f"{open_} failure tests are under way and nobody watches them: end them with"
        " /failover abort, then start toban anew"
    )


def _audit(*, broken: bool) -> str:
    if not broken:
        return ""
    return "the audit log has a break, so no change begins: run `toban audit verify`, then /toban acknowledge"
