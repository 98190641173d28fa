"""Events by hand, as the door hands them on: what happened, what it means, and whose rule it fits."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from bot.event import Event
from bot.flow import troubles as flow
from bot.store import troubles
from bot.store.event_schema import events
from bot.store.schema import asks, audit, outbox
from bot.trouble import Phase, Reading, Rule, Seen, Severity, State, Trouble
from bot.words import words
from tests.house import CHANNEL, OPERATOR, OTHER, House

MINUTE = timedelta(minutes=1)
WEB, DISK = "arn:alarm:web-cpu", "arn:alarm:disk"
RULE = Rule(name="alarms", pattern={"source": ["aws.cloudwatch"]}, channel=CHANNEL, mention=OTHER)
TOPIC = "arn:aws:sns:ap-northeast-1:123456789012:on-duty"
WAITS = (5 * MINUTE, 10 * MINUTE, 15 * MINUTE)
CALLING = replace(RULE, name="calling", after=WAITS, wider="S0WIDER", topic=TOPIC, owner=OPERATOR)
DOING = replace(RULE, name="doing", do="ec2 stop {instance}", owner=OPERATOR)
INSTANCE = "i-0123456789abcdef0"


def seen(
    at: datetime,
    phase: Phase = Phase.BEGINS,
    subject: str = WEB,
    *,
    rule: Rule = RULE,
    key: str = "",
    **reading: Any,
) -> Seen:
    """An event of this moment beside what it means."""
    meant = Reading(
        subject,
        phase,
        words("{subject} {phase}", subject=subject.rpartition(":")[2], phase=phase.value),
        severity=Severity.CRITICAL,
        names={"instance": INSTANCE, "alarm": "web-cpu"},
        cause="dev CloudWatch",
    )
    envelope = {"source": "aws.cloudwatch", "detail-type": "CloudWatch Alarm State Change", "detail": {}}
    event = Event(
        key or f"{rule.name}/{subject}/{at.isoformat()}/{phase}", "dev", "ap-northeast-1", at, envelope
    )
    return Seen(event, replace(meant, **reading), rule)


def come(there: House, phase: Phase = Phase.BEGINS, subject: str = WEB, **more: Any) -> Trouble:
    """One event is taken in; how its trouble stands then."""
    one = seen(more.pop("at", there.time()), phase, subject, **more)
    flow.take_in(there.path, "main", [one])
    return newest(there, subject, one.rule)


def newest(there: House, subject: str = WEB, rule: Rule = RULE) -> Trouble:
    found = there.path.db.read(lambda tx: troubles.newest(tx, rule.name, subject[:300]))
    assert found is not None
    return found


def every(there: House) -> Sequence[Trouble]:
    """Every trouble that somebody was told of, the oldest first."""
    return there.path.troubles.find(tuple(State), 10_000)[::-1]


def letters(there: House, kind: str = "") -> list[str]:
    """The keys of letters, in their order; clicks' answers and cards are in it too."""
    query = select(outbox.c.key).order_by(outbox.c.id)
    return there.path.db.read(
        lambda tx: list(tx.execute(query.where(outbox.c.kind == kind) if kind else query).scalars())
    )


def said(there: House, key: str) -> str:
    """What a letter says in words."""
    from bot.store.outbox import with_key

    found = there.path.db.read(lambda tx: with_key(tx, key))
    assert found is not None
    return str(found.said)


def outcomes(there: House) -> list[str]:
    """What became of each event, in the order they came."""
    query = select(events.c.outcome).order_by(events.c.id)
    return there.path.db.read(lambda tx: list(tx.execute(query).scalars()))


def asked(there: House) -> list[str]:
    """The lines that were asked."""
    query = select(asks.c.line).order_by(asks.c.id)
    return there.path.db.read(lambda tx: list(tx.execute(query).scalars()))


def audited(there: House) -> list[str]:
    """What the audit log says happened to troubles, in order."""
    query = select(audit.c.event).where(audit.c.event.like("trouble.%")).order_by(audit.c.id)
    return there.path.db.read(lambda tx: list(tx.execute(query).scalars()))
