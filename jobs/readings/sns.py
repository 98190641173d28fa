"""Text that somebody has published to a topic of SNS: shown as it was written.

Source: "Parsing Amazon SNS message formats" (SNS developer guide).
"""

from bot.event import Event
from bot.trouble import Phase, Reading, Severity
from bot.words import words
from jobs.readings import naming
from jobs.readings.fields import clipped, lines, prose, tail, text

KINDS = ("SNS Message",)
LINES = 12


def read(event: Event) -> Reading:
    """What was published.  Raises ValueError without a topic."""
    topic = clipped(tail(text(event.detail, "topic", most=300)), 60)
    subject = prose(event.detail, "subject", most=80)
    if not topic:
        raise ValueError("a message of no topic")
    title = (
        words("{topic}: {subject}", topic=topic, subject=subject)
        if subject
        else words("{topic}", topic=topic)
    )
    return Reading(
        subject=f"sns:{event.account}/{topic}/{subject or event.key}"[:300],
        phase=Phase.TELLS,
        title=title,
        severity=Severity.WARNING,
        facts=tuple(words("{line}", line=line) for line in lines(event.detail, "message", most=LINES)),
        names=naming.names(event, topic=naming.name(topic)),
        cause=naming.cause(event, f"SNS {topic}"),
    )
