"""Which of the instances that are meant get an image now, and which are left alone and why."""

from collections.abc import Iterable
from dataclasses import dataclass

from aws import image
from aws.account import Place
from aws.image import Image
from aws.instance import Instance
from bot.command import World
from bot.plan import Left, Resource, Unread
from bot.words import Words, words
from commands import instances
from commands.generations.candidates import kept_out, must_be_looked_after
from commands.generations.order import Order
from commands.generations.overrides import Wanted, wanted
from commands.generations.tags import IMAGE, INSTANCE, NIGHT, is_ours
from commands.reading import Found, everywhere

CAN_BE_TAKEN = ("running", "stopped")
"""States in which EC2 makes an image of an instance.  Source: "CreateImage", EC2 API reference."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One instance that gets an image."""

    place: Place
    instance: Instance
    wanted: Wanted
    tonight: Image | None  # its image of this night, if it has one already

    @property
    def key(self) -> tuple[Place, str]:
        """Where it is, and its id."""
        return self.place, self.instance.id

    @property
    def resource(self) -> Resource:
        """The instance as a step's target."""
        return instances.resource(self.place, self.instance)

    def copies_go_to(self) -> tuple[Place, ...]:
        """The places that get a copy."""
        return tuple(Place(self.place.account, region) for region in self.wanted.copy_to)


@dataclass(frozen=True, slots=True)
class Candidates:
    """Those that get an image, and the others."""

    instances: tuple[Candidate, ...]
    left: tuple[Left, ...]
    unread: tuple[Unread, ...]


def candidates(world: World, found: Found[Instance], order: Order) -> Candidates:
    """Sort out which instances get an image.  Raises UsageError for a region nobody looks after."""
    must_be_looked_after(world, order.copy_to, {place.account for place, _ in found})
    tonight = _of_tonight(world, {place for place, _ in found}, order.night)
    blind = {one.place for one in tonight.unread}
    made = {(place, one.tags.get(INSTANCE, "")): one for place, one in tonight}
    chosen, left = [], []
    for place, instance in found:
        if place in blind:
            continue
        how = wanted(instance.tags, order.keep, order.copy_to, world.aws.regions(place.account), place.region)
        one = Candidate(place, instance, how, made.get((place, instance.id)))
        why = _why_not(one, order)
        if why is None:
            chosen.append(one)
        else:
            left.append(Left(one.resource, why))
    return Candidates(tuple(chosen), tuple(left), found.unread + tonight.unread)


def _why_not(one: Candidate, order: Order) -> Words | None:
    if (why := kept_out(one.wanted, one.instance.tags, order)) is not None:
        return why
    if one.instance.state not in CAN_BE_TAKEN:
        return words("it is {state}", state=one.instance.state)
    if one.instance.root_device == "instance-store":
        return words("its root device is no EBS volume, so EC2 makes no image of it")
    tonight = one.tonight
    if tonight is not None and (tonight.state != "available" or not one.wanted.copy_to):
        return words("its image of this night, {id}, is {state}", id=tonight.id, state=tonight.state)
    return None


def _of_tonight(world: World, places: Iterable[Place], night: str) -> Found[Image]:
    """What this night has made already and what has not failed."""
    if not night:
        return Found((), ())
    return everywhere(
        places,
        lambda place: (
            one
            for one in image.find(world.aws.ec2(place), tags=[(NIGHT, night)])
            if is_ours(one.tags, IMAGE) and one.state in ("pending", "available")
        ),
    )
