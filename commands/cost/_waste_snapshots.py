"""Which snapshots are waste: old ones whose volume is gone, and on which no image stands.

Pure, with time handed in.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from aws.snapshot import Snapshot
from commands.cost._waste_finding import Finding, Kind, Rules
from commands.cost._waste_seen import Seen
from commands.generations.overrides import is_excluded
from commands.generations.tags import COPY, KIND, VOLUME
from commands.prices import of

MANAGERS = ("aws:backup:", "aws:dlm:")
"""Tags of AWS Backup and Data Lifecycle Manager, which delete what they made by their own rules."""
_COPIED = "[Copied "
"""So the description of a copy begins, unless somebody gave another ("Copy an Amazon EBS snapshot")."""
_ARBITRARY = "vol-ffffffff"


@dataclass(frozen=True, slots=True)
class Volumes:
    """The volumes of an account in all of its regions."""

    ids: Collection[str]
    whole: bool  # every region could be read


def orphans(seen: Seen, account: Volumes, rules: Rules, now: datetime) -> Iterator[Finding]:
    """Old snapshots whose volume is gone; where volumes or images could not be read, none."""
    if seen.snapshots is None or seen.volumes is None or seen.images is None:
        return
    there = {one.id for one in seen.volumes}
    for one in seen.snapshots:
        old = now - one.started >= rules.snapshots_older_than
        if not old or one.id in seen.images or _is_kept(one) or not _is_orphan(one, there, account):
            continue
        yield Finding(
            Kind.ORPHAN,
            seen.place,
            one.id,
            one.name,
            what(one),
            of.snapshot(one),
            one.tags,
            one.started,
            one.started,
            line=f"snapshot prune {one.id}",
        )


def _is_kept(one: Snapshot) -> bool:
    """Whether somebody else looks after it, or it is not to be touched."""
    return is_managed(one) or is_excluded(one.tags) or one.state != "completed"


def is_managed(one: Snapshot) -> bool:
    """Whether AWS Backup or Data Lifecycle Manager deletes it when its time has come."""
    return any(key.startswith(MANAGERS) for key in one.tags)


def is_copy(one: Snapshot) -> bool:
    """Whether it was copied, so that the volume it names is arbitrary."""
    return (
        one.tags.get(KIND) == COPY
        or one.description.startswith(_COPIED)
        or one.volume_id.startswith(_ARBITRARY)
    )


def _is_orphan(one: Snapshot, there: Collection[str], account: Volumes) -> bool:
    """Of a copy only toban's own say which volume it was taken of, in whichever region."""
    if not is_copy(one):
        return one.volume_id not in there
    volume = one.tags.get(VOLUME, "")
    return bool(volume) and account.whole and volume not in account.ids


def left_out(seen: Iterable[Seen]) -> tuple[int, int]:
    """How many old snapshots are managed by others, and how many are copies of nobody knows what."""
    old = [one for place in seen for one in place.snapshots or ()]
    managed = [one for one in old if is_managed(one)]
    copies = [one for one in old if not is_managed(one) and is_copy(one) and VOLUME not in one.tags]
    return len(managed), len(copies)


def what(one: Snapshot) -> str:
    """A snapshot in AWS's words."""
    tier = ", archive" if one.tier == "archive" else ""
    return f"{one.size_gib} GiB of {one.volume_id}{tier}"
