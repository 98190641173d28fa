"""The backup of instances: create images, copy them, then deregister what is not kept, each in its turn."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from aws.account import Place
from aws.instance import Instance
from bot.command import World
from bot.plan import Left, Step, Unread
from bot.words import Words, plural, words
from commands.changes import copy_image, create_image, deregister_image
from commands.generations.image_candidates import Candidate, Candidates, candidates
from commands.generations.keep import in_words
from commands.generations.order import Order
from commands.generations.series import Pruned, Series
from commands.generations.tags import COPY, IMAGE
from commands.reading import Found, everywhere


@dataclass(frozen=True, slots=True)
class Backup:
    """The steps of all of it."""

    create: tuple[Step, ...]
    copy: tuple[Step, ...]
    deregister: tuple[Step, ...]
    left: tuple[Left, ...]
    unread: tuple[Unread, ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        """All of them, in an order in which they can be done."""
        return self.create + self.copy + self.deregister

    def summary(self, order: Order) -> Words:
        """What will happen, in one sentence."""
        parts = [plural("create {n} image", "create {n} images", len(self.create))]
        if self.copy:
            parts.append(plural("copy {n}", "copy {n}", len(self.copy)))
        if order.keep.asked or self.deregister:
            parts.append(words("deregister {n} old ones", n=len(self.deregister)))
        if order.keep.asked:
            parts.append(words("of each instance stays {kept}", kept=in_words(order.keep)))
        return words("{parts}", parts=tuple(parts))


def back_up(world: World, found: Found[Instance], order: Order, *, reboot: bool = False) -> Backup:
    """Create what is asked for, copy it where that is wanted, deregister what is then not kept.

    Nothing goes at home before the new image and all of its copies are available.  Raises UsageError for a
    region that toban does not look after.
    """
    mine = candidates(world, found, order)
    create = _creations(world, mine, order.night, reboot=reboot)
    copy = {
        (one.key, to): _copy(one, to, create, order.night)
        for one in mine.instances
        for to in one.copies_go_to()
    }
    pruned = _prune(world, mine, create, copy, former=order.former)
    return Backup(
        tuple(create.values()),
        tuple(copy.values()),
        tuple(step for _, one in pruned for step in one.steps),
        mine.left + tuple(left for _, one in pruned for left in one.left),
        mine.unread + pruned.unread,
    )


Key = tuple[Place, str]  # a place and an instance's id


def _creations(world: World, mine: Candidates, night: str, *, reboot: bool) -> dict[Key, Step]:
    """One for each instance that has none of this night."""
    return {
        one.key: _creation(world, one, night, reboot=reboot) for one in mine.instances if one.tonight is None
    }


def _creation(world: World, one: Candidate, night: str, *, reboot: bool) -> Step:
    step = create_image.step(one.place, one.instance, world.now, reboot=reboot, night=night)
    said = tuple(words("nothing of it is deleted: {why}", why=why) for why in one.wanted.unclear)
    return replace(step, warnings=step.warnings + said) if said else step


def _copy(one: Candidate, to: Place, create: Mapping[Key, Step], night: str) -> Step:
    if one.tonight is None:
        return copy_image.of_new(to, create[one.key])
    return copy_image.of_tonight(to, one.resource, one.tonight, night)


def _prune(
    world: World,
    mine: Candidates,
    create: Mapping[Key, Step],
    copy: Mapping[tuple[Key, Place], Step],
    *,
    former: bool,
) -> Found[Pruned]:
    """At home what waits for all that is made of the instance; where copies go, what waits for the copy."""
    series: dict[Place, dict[str, list[Series]]] = defaultdict(lambda: defaultdict(list))
    for one in mine.instances:
        new, name = one.key in create, one.instance.id
        copies = {to: copy[one.key, to].key for to in one.copies_go_to()}
        after = (*((create[one.key].key,) if new else ()), *copies.values())
        series[one.place][IMAGE].append(Series(name, one.wanted.keep, new, after))
        for to, key in copies.items():
            series[to][COPY].append(Series(name, one.wanted.keep, new, (key,)))

    def read(place: Place) -> list[Pruned]:
        kinds = series[place].items()
        return [deregister_image.prune(world, place, of, kind, former=former) for kind, of in kinds]

    return everywhere(tuple(series), read)
