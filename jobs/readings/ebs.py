"""EBS: snapshots and volumes that were made, copied or attached, or could not be.

Source: "EventBridge for Amazon EBS" (EC2 user guide).  What failed for a volume or a source snapshot is in
trouble until the same goes well; what went well without such a trouble is kept, and told to nobody.
"""

from collections.abc import Iterator

from bot.event import Event
from bot.plan import Offer
from bot.trouble import Phase, Reading, Severity
from bot.words import Words, words
from jobs.readings import naming
from jobs.readings.fields import items, prose, tail, text

KINDS = (
    "EBS Snapshot Notification",
    "EBS Multi-Volume Snapshots Completion Status",
    "EBS Volume Notification",
)
_WELL = frozenset({"succeeded", "available", "completed"})
_DOING = {
    "createSnapshot": words("a snapshot"),
    "createSnapshots": words("a snapshot of several volumes"),
    "copySnapshot": words("a copy of a snapshot"),
    "createVolume": words("a new volume"),
    "attachVolume": words("attaching a volume"),
    "reattachVolume": words("attaching a volume again"),
    "modifyVolume": words("changing a volume"),
}


def read(event: Event) -> Reading:
    """What happened to a volume or a snapshot.  Raises ValueError when neither is named."""
    doing, result = text(event.detail, "event", most=40), text(event.detail, "result", most=30)
    about = _about(event)
    if not doing or not about:
        raise ValueError("an event of EBS about nothing")
    failed = result == "failed"
    sources = _sources(event)
    volumes = naming.ids("vol-", (about, *sources, *event.resources))
    made = naming.ids("snap-", (text(event.detail, "snapshot_id", most=300), *event.resources))
    return Reading(
        subject=f"ebs:{doing}:{about}",
        phase=_phase(doing, result),
        title=_title(doing, result, about),
        severity=_severity(doing) if failed else Severity.INFO,
        facts=tuple(_facts(event, about)),
        names=naming.names(event, volume=_only(volumes), snapshot=_only(made)),
        offers=_offers(doing, sources, volumes) if failed else (),
        cause=naming.cause(event, "EBS"),
    )


def _sources(event: Event) -> tuple[str, ...]:
    """What something was made of."""
    named = [text(event.detail, "source", most=300)]
    named += [text(one, "source", most=300) for one in items(event.detail, "snapshots")]
    return tuple(one for one in named if one)


def _about(event: Event) -> str:
    """What can fail and later go well: the source, else the first resource."""
    named = (*_sources(event), text(event.detail, "snapshot_id", most=300), *event.resources)
    found = (*naming.ids("vol-", named), *naming.ids("snap-", named))
    return found[0] if found else ""


def _phase(doing: str, result: str) -> Phase:
    if result == "failed":
        return Phase.BEGINS
    return Phase.ENDS if result in _WELL and doing in _DOING else Phase.TELLS


def _title(doing: str, result: str, about: str) -> Words:
    what: Words | str = _DOING.get(doing, doing)
    if doing == "deleteVolume" and result == "deleted":
        return words("The volume {volume} was deleted", volume=about)
    if doing == "shareSnapshot":
        return words("{snapshot} was shared with this account", snapshot=about)
    if result == "failed":
        return words("{target}: {what} has failed", target=about, what=what)
    if result in _WELL:
        return words("{target}: {what} is done", target=about, what=what)
    return words("{target}: {what} is {result}", target=about, what=what, result=result or "–")


def _severity(doing: str) -> Severity:
    """A volume that is gone from a running instance cannot wait."""
    return Severity.CRITICAL if doing in {"attachVolume", "reattachVolume"} else Severity.WARNING


def _facts(event: Event, about: str) -> Iterator[Words]:
    if cause := prose(event.detail, "cause"):
        yield words("because: {cause}", cause=cause)
    made = [one for one in naming.ids("snap-", event.resources) if one != about]
    if made and not items(event.detail, "snapshots"):
        yield words("it is {snapshot}", snapshot=text(", ".join(made), most=200))
    for one in items(event.detail, "snapshots")[:5]:
        snapshot, source = tail(text(one, "snapshot_id", most=300)), tail(text(one, "source", most=300))
        yield words(
            "{snapshot} of {volume}: {state}", snapshot=snapshot, volume=source, state=text(one, "status")
        )


def _offers(doing: str, sources: tuple[str, ...], volumes: tuple[str, ...]) -> tuple[Offer, ...]:
    made_of = naming.ids("vol-", sources)
    if doing in {"createSnapshot", "createSnapshots"} and made_of:
        again = words("Snapshot of {target}", target=naming.shown(made_of))
        return naming.offers("snapshot create", again, made_of)
    if doing == "copySnapshot":
        source = naming.ids("snap-", sources)
        return naming.offers("snapshot list", words("Show {target}", target=naming.shown(source)), source)
    return naming.offers("volume list", words("Show {target}", target=naming.shown(volumes)), volumes)


def _only(found: tuple[str, ...]) -> str:
    return found[0] if len(found) == 1 else ""
