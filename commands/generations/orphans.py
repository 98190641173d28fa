"""Snapshots that toban made for images which are gone, by whomever they were deregistered."""

from datetime import timedelta

from aws import image, snapshot
from aws.account import Place
from aws.snapshot import Snapshot
from bot.command import World
from commands.generations.tags import COPY, IMAGE, KIND, TOKEN, is_ours

YOUNGEST = timedelta(hours=1)
"""An image that is only being made may not show its snapshots yet."""


def of(world: World, place: Place) -> list[Snapshot]:
    """The orphans of one place; the images are read after the snapshots, so that none is too new to show.

    An image and its snapshots carry the token of the call that made them.  Raises AwsError.
    """
    ec2 = world.aws.ec2(place)
    held = [one for one in snapshot.find(ec2, tags=[(KIND, IMAGE)]) if _may_be_one(world, one)]
    if not held:
        return []
    tokens = {one.tags.get(TOKEN) for one in image.find(ec2, tags=[(KIND, IMAGE), (KIND, COPY)])}
    candidates = [one for one in held if one.tags.get(TOKEN) not in tokens]
    used = image.users_of(ec2, [one.id for one in candidates])
    return [one for one in candidates if one.id not in used]


def _may_be_one(world: World, one: Snapshot) -> bool:
    return (
        is_ours(one.tags, IMAGE)
        and one.state in ("completed", "error")
        and world.now - one.started > YOUNGEST
    )
