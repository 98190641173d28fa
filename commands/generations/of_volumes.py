"""The generations of volumes: completed snapshots that toban made of them, and copies of these.

Only what carries toban's own tags counts or is ever deleted; one that is pending, failed or archived
cannot be restored now, so it is no generation.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from aws import snapshot
from aws.account import Place
from aws.alike import Alike
from aws.filters import MOST_VALUES
from aws.snapshot import Snapshot
from aws.tags import Tags
from bot.command import World
from bot.plan import Fields, Resource
from commands.generations.tags import COPY, KIND, MADE_BY, NIGHT, SNAPSHOT, TOKEN, VOLUME

OF_A_NIGHT = frozenset({MADE_BY, NIGHT})

FORMER = {SNAPSHOT: "snapshot", COPY: "copy-snapshot"}
"""The values of the tag BackupType by which the former Lambda functions' snapshots are known."""


@dataclass(frozen=True, slots=True)
class Generation:
    """One that could be restored now; of a snapshot no more than what is needed of thousands."""

    id: str
    volume: str  # it was taken of
    taken: datetime
    night: Fields  # the tags that it shares with what else its operation made
    others: Fields  # the tags that it shares with the other generations of its volume, mostly

    @property
    def tags(self) -> Tags:
        """Its tags, but for that of its call: in it no two of them are alike."""
        return Tags(tuple(sorted((*self.night, *self.others))))

    def resource(self, place: Place) -> Resource:
        """It as a step's target."""
        tags = self.tags
        return Resource(place.account, place.region, "snapshot", self.id, tags.name, tags.pairs)


def of(
    world: World, place: Place, volumes: Collection[str], kind: str = SNAPSHOT, *, former: bool = False
) -> dict[str, list[Generation]]:
    """The generations of these volumes in one place, the newest first.

    `kind` is SNAPSHOT, or COPY for those that were copied here.  With `former`, snapshots by the Lambda
    functions that toban replaces count too.
    """
    found: dict[str, list[Generation]] = defaultdict(list)
    if not volumes:
        return found
    meant, alike = {volume: volume for volume in volumes}, Alike()
    for one in _snapshots(world, place, volumes, kind, former=former):
        volume = meant.get(volume_of(one, kind, former=former))
        if volume is not None and is_restorable(one):
            found[volume].append(_generation(one, volume, alike))
    for generations in found.values():
        generations.sort(key=lambda one: (one.taken, one.id), reverse=True)
    return found


def _generation(one: Snapshot, volume: str, alike: Alike) -> Generation:
    """What two of them have in common is kept once: there may be tens of thousands."""
    night = tuple(pair for pair in one.tags.pairs if pair[0] in OF_A_NIGHT)
    others = tuple(pair for pair in one.tags.pairs if pair[0] not in OF_A_NIGHT and pair[0] != TOKEN)
    return Generation(one.id, volume, one.started, alike(night), alike(others))


def is_restorable(one: Snapshot) -> bool:
    """Whether a volume could be made of it now."""
    return one.state == "completed" and one.tier == "standard"


def volume_of(one: Snapshot, kind: str, *, former: bool = False) -> str:
    """The volume of which this is a generation of this kind; "" when it is none."""
    if MADE_BY in one.tags and one.tags.get(KIND) == kind:
        return one.volume_id if kind == SNAPSHOT else one.tags.get(VOLUME, "")
    if former and MADE_BY not in one.tags and one.tags.get("BackupType") == FORMER[kind]:
        return one.tags.get("VolumeId", "")
    return ""


def _snapshots(
    world: World, place: Place, volumes: Collection[str], kind: str, *, former: bool
) -> Iterable[Snapshot]:
    """As few calls as possible: by volume while they fit one filter, all of this kind beyond that."""
    ec2 = world.aws.ec2(place)
    if former:
        return snapshot.find(ec2)  # what others made has no tag in common with ours
    if len(volumes) > MOST_VALUES:
        return snapshot.find(ec2, tags=[(KIND, kind)])
    if kind == SNAPSHOT:
        return snapshot.find(ec2, volume_ids=sorted(volumes), tags=[(KIND, kind)])
    return snapshot.find(ec2, tags=[(VOLUME, volume) for volume in sorted(volumes)])
