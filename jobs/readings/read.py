"""From an event to what it means: the reading for its kind, and for anything strange a readable one.

Pure, and it never raises: AWS may add fields, leave some out, or send kinds that nobody has heard of.
"""

import logging
from collections.abc import Callable, Collection

from bot.event import Event
from bot.trouble import Reading
from jobs.readings import (
    acm,
    advisor,
    alarm,
    budget,
    cost_anomaly,
    ebs,
    ecs,
    health,
    rds,
    scaling,
    sns,
    spot,
    trail,
    unknown,
)

Read = Callable[[Event], Reading]
_log = logging.getLogger(__name__)
_ANY: Collection[str] = ()
_MISTAKES = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What a strange field can raise; anything else is no mistake about an event."""

_TABLE: tuple[tuple[str, Collection[str], Read], ...] = (
    # source and detail-types; the first that fits
    ("aws.cloudwatch", alarm.KINDS, alarm.read),
    ("aws.health", health.KINDS, health.read),
    ("aws.ec2", spot.INTERRUPTION, spot.interruption),
    ("aws.ec2", spot.REBALANCE, spot.rebalance),
    ("aws.ec2", ebs.KINDS, ebs.read),
    ("aws.autoscaling", scaling.KINDS, scaling.read),
    ("aws.rds", rds.KINDS, rds.read),
    ("", trail.KINDS, trail.read),  # whatever service was called
    ("aws.ecs", ecs.TASKS, ecs.task),
    ("aws.ecs", ecs.SERVICES, ecs.service),
    ("aws.acm", acm.KINDS, acm.read),
    ("aws.budgets", _ANY, budget.read),
    ("aws.ce", cost_anomaly.KINDS, cost_anomaly.read),
    ("aws.trustedadvisor", advisor.KINDS, advisor.read),
    ("aws.sns", sns.KINDS, sns.read),
)


def read(event: Event) -> Reading:
    """What an event means; one that is not as its kind says is shown as it is."""
    reading = _find(event)
    try:
        return reading(event)
    except _MISTAKES as mistake:
        noted = {"action": "read-event", "key": event.key, "kind": f"{event.source} {event.kind}"[:200]}
        _log.warning("an event is not as its kind says, and is shown as it is: %s", mistake, extra=noted)
        return unknown.read(event)


def _find(event: Event) -> Read:
    for source, kinds, reading in _TABLE:
        if source in {"", event.source} and (not kinds or event.kind in kinds):
            return reading
    return unknown.read
