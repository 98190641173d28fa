"""What a call means to who is on duty, for the calls that matter; any other is told as it is.

Source: "DeregisterImage" and "DeleteVolume" (EC2 API reference): an image's snapshots stay unless the call
says otherwise; "Security best practices in IAM" (IAM user guide): roles instead of long-lived keys, and no
work as root; "StopLogging" and "DeleteTrail" (CloudTrail API reference).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.event import Event
from bot.plan import Offer
from bot.trouble import Phase, Severity
from bot.words import Words, words
from jobs.readings import flat, naming, trail_facts
from jobs.readings.fields import at, clipped, tail, text

ASKED = 6  # lines of what a call asked for


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a call means."""

    about: str  # the same for calls that belong together
    title: Words
    severity: Severity
    phase: Phase = Phase.TELLS
    notes: tuple[Words, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    offers: tuple[Offer, ...] = ()


def meaning(event: Event, call: str, *, refused: bool) -> Meaning:
    """What it means; a call that was refused has changed nothing, and asks nothing of anybody."""
    if call == "ConsoleLogin":
        return _login(event)
    found = _CALLS.get(call)
    if found is None or refused:
        return _other(event, call, refused=refused, watched=found is not None)
    return found(event)


def _other(event: Event, call: str, *, refused: bool, watched: bool) -> Meaning:
    who = trail_facts.who(event)
    named = {"call": clipped(call, 60), "who": clipped(who, 55)}
    title = words("{call} by {who} was refused", **named) if refused else words("{call} by {who}", **named)
    matters = trail_facts.is_root(event) or (watched and call in _ALWAYS)
    asked = flat.lines(event.detail.get("requestParameters"), ASKED)
    about = f"{call}/{who}" if refused else f"{call}/{event.key}"
    return Meaning(about, title, Severity.WARNING if matters else Severity.INFO, notes=asked)


def _login(event: Event) -> Meaning:
    """Nobody works as root ("Root user best practices for your AWS account", IAM user guide)."""
    who, root = trail_facts.who(event), trail_facts.is_root(event)
    went = text(event.detail, "responseElements", "ConsoleLogin") != "Failure"
    factor = text(event.detail, "additionalEventData", "MFAUsed").casefold()
    alone = text(event.detail, "userIdentity", "type") == "IAMUser" and factor == "no"
    if root:
        title = words("Somebody signed in as root") if went else words("Somebody tried to sign in as root")
        return Meaning("ConsoleLogin/root", title, Severity.CRITICAL)
    named = {"who": clipped(who, 80)}
    title = words("{who} signed in", **named) if went else words("{who} could not sign in", **named)
    return Meaning(f"ConsoleLogin/{who}", title, Severity.INFO if went and not alone else Severity.WARNING)


def _image(event: Event) -> Meaning:
    image = "".join(naming.ids("ami-", [text(event.detail, "requestParameters", "imageId")])) or "–"
    with_snapshots = at(event.detail, "requestParameters", "deleteAssociatedSnapshots") is True
    orphans = Offer(words("Delete snapshots of images that are gone"), "ami prune --orphans")
    note = words("its snapshots stay, and cost money, until somebody deletes them")
    return Meaning(
        f"DeregisterImage/{image}",
        words("The image {image} was deregistered", image=image),
        Severity.INFO if with_snapshots else Severity.WARNING,
        notes=(words("its snapshots went with it"),) if with_snapshots else (note,),
        names={"image": image} if image != "–" else {},
        offers=() if with_snapshots else (orphans,),
    )


def _volume(event: Event) -> Meaning:
    found = naming.ids("vol-", [text(event.detail, "requestParameters", "volumeId")])
    volume = "".join(found) or "–"
    return Meaning(
        f"DeleteVolume/{volume}",
        words("The volume {volume} was deleted", volume=volume),
        Severity.WARNING,
        names={"volume": "".join(found)},
        offers=naming.offers("snapshot list", words("Its snapshots"), found),
    )


def _key(event: Event) -> Meaning:
    asked = event.detail.get("requestParameters")
    user = text(asked, "userName") or text(event.detail, "responseElements", "accessKey", "userName")
    end = text(event.detail, "responseElements", "accessKey", "accessKeyId")[-4:]
    root = trail_facts.is_root(event) and not user
    user = user or trail_facts.who(event)
    notes = [words("the key ends with {end}", end=end)] if end else []
    notes.append(
        words(
            "Give a workload a role instead: an instance profile on EC2, a task role on ECS, an OIDC role in"
            " CI, and IAM Identity Center to people. Such credentials end by themselves."
        )
    )
    return Meaning(
        f"CreateAccessKey/{user}",
        words("A new access key of {user}", user=clipped(user, 80)),
        Severity.CRITICAL if root else Severity.WARNING,
        notes=tuple(notes),
        names={"user": naming.name(user)},
    )


def _trail(event: Event) -> str:
    return tail(text(event.detail, "requestParameters", "name", most=250)) or "–"


def _stopped(event: Event) -> Meaning:
    trail = _trail(event)
    title = words("CloudTrail no longer records: {trail} was stopped", trail=clipped(trail, 60))
    return Meaning(f"logging/{trail}", title, Severity.CRITICAL, Phase.BEGINS)


def _started(event: Event) -> Meaning:
    trail = _trail(event)
    title = words("CloudTrail records again: {trail}", trail=clipped(trail, 60))
    return Meaning(f"logging/{trail}", title, Severity.INFO, Phase.ENDS)


def _deleted(event: Event) -> Meaning:
    trail = _trail(event)
    title = words("CloudTrail no longer records: {trail} was deleted", trail=clipped(trail, 60))
    return Meaning(f"DeleteTrail/{trail}", title, Severity.CRITICAL)


_CALLS: Mapping[str, Callable[[Event], Meaning]] = {
    "DeregisterImage": _image,
    "DeleteVolume": _volume,
    "CreateAccessKey": _key,
    "StopLogging": _stopped,
    "StartLogging": _started,
    "DeleteTrail": _deleted,
}
_ALWAYS = frozenset({"StopLogging", "DeleteTrail", "CreateAccessKey"})  # also when it was refused
