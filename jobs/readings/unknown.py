"""Any event that no other reading knows: as readable as it can be, never dropped, and never a mistake.

Its fields are shown by their paths, what looks like a secret blacked out.  What names no resource is about
itself, so that no two such events share a message.
"""

from bot.event import Event
from bot.trouble import Phase, Reading, Severity
from bot.words import Words, words
from jobs.readings import flat, naming
from jobs.readings.fields import PROSE, clipped, text

FACTS = 12
_RESOURCES = 5


def read(event: Event) -> Reading:
    """What came, by its own names."""
    source, kind = text(event.source, most=60) or "?", text(event.kind, most=80) or "?"
    first = text(next(iter(event.resources), ""), most=150)
    instances = naming.ids("i-", event.resources)
    return Reading(
        subject=f"{source}/{kind}/{first or event.key}"[:300],
        phase=Phase.TELLS,
        title=words("{source} · {kind}", source=source, kind=kind),
        severity=Severity.WARNING,
        facts=_facts(event),
        names=naming.names(event, instance=instances[0] if len(instances) == 1 else ""),
        cause=naming.cause(event, source),
    )


def _facts(event: Event) -> tuple[Words, ...]:
    named = [text(one, most=150) for one in event.resources[:_RESOURCES]]
    said = clipped(", ".join(named), PROSE)
    resources = (words("resources: {resources}", resources=said),) if named else ()
    return (*resources, *flat.lines(event.detail, FACTS - len(resources)))
