"""The generations of instances: available images that toban made of them, and copies of these.

Only what carries toban's own tags counts or is ever deregistered; one that is pending, failed or disabled
cannot be launched now, so it is no generation.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from aws import image
from aws.account import Place
from aws.filters import MOST_VALUES
from aws.image import Image
from aws.tags import Tags
from bot.command import World
from bot.plan import Resource
from commands.generations.tags import IMAGE, INSTANCE, KIND, MADE_BY

FORMER = "image"
"""The value of the tag BackupType by which the former Lambda functions' images are known."""


@dataclass(frozen=True, slots=True)
class Generation:
    """One that could be launched now."""

    id: str
    name: str  # the image's own name
    instance: str  # it was made of
    taken: datetime
    tags: Tags
    snapshots: tuple[str, ...]

    def resource(self, place: Place) -> Resource:
        """It as a step's target."""
        return Resource(place.account, place.region, "image", self.id, self.name, tuple(self.tags.items()))


def of(
    world: World, place: Place, instances: Collection[str], kind: str = IMAGE, *, former: bool = False
) -> dict[str, list[Generation]]:
    """The generations of these instances in one place, the newest first.

    `kind` is IMAGE, or COPY for those that were copied here.  With `former`, images by the Lambda functions
    that toban replaces count too.  Raises AwsError.
    """
    found: dict[str, list[Generation]] = defaultdict(list)
    if not instances:
        return found
    meant = set(instances)
    for one in _images(world, place, instances, kind, former=former):
        instance = instance_of(one, kind, former=former)
        if instance in meant and one.state == "available":
            found[instance].append(_generation(one, instance))
    for generations in found.values():
        generations.sort(key=lambda one: (one.taken, one.id), reverse=True)
    return found


def instance_of(one: Image, kind: str, *, former: bool = False) -> str:
    """The instance of which this is a generation of this kind; "" when it is none."""
    if MADE_BY in one.tags and one.tags.get(KIND) == kind:
        return one.tags.get(INSTANCE, "")
    if former and kind == IMAGE and MADE_BY not in one.tags and one.tags.get("BackupType") == FORMER:
        return one.tags.get("InstanceId", "")
    return ""


def _images(
    world: World, place: Place, instances: Collection[str], kind: str, *, former: bool
) -> Iterable[Image]:
    """As few calls as possible: by instance while they fit one filter, all of this kind beyond that."""
    ec2 = world.aws.ec2(place)
    if former:
        return image.find(ec2)  # what others made has no tag in common with ours
    if len(instances) > MOST_VALUES:
        return image.find(ec2, tags=[(KIND, kind)])
    return image.find(ec2, tags=[(INSTANCE, one) for one in sorted(instances)])


def _generation(one: Image, instance: str) -> Generation:
    return Generation(one.id, one.name, instance, one.created, one.tags, one.snapshot_ids)
