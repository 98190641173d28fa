"""The backup of volumes: create, copy, then delete what is not kept, each after what it depends on."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from aws.account import Place
from bot.command import World
from bot.plan import Left, Resource, Step, Unread
from bot.words import Words, plural, words
from commands import instances
from commands.changes import copy_snapshot, create_snapshots, delete_snapshot, freeze
from commands.generations import volumes
from commands.generations.candidates import Candidate, candidates
from commands.generations.keep import in_words
from commands.generations.order import Freeze, Order
from commands.generations.series import Pruned, Series
from commands.generations.tags import COPY, SNAPSHOT
from commands.generations.volumes import Chosen
from commands.reading import Found, everywhere


@dataclass(frozen=True, slots=True)
class Backup:
    """The steps of all of it."""

    freeze: tuple[Step, ...]  # and the thaw of each
    create: tuple[Step, ...]
    copy: tuple[Step, ...]
    delete: tuple[Step, ...]
    left: tuple[Left, ...]
    unread: tuple[Unread, ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        """All of them, in an order in which they can be done."""
        return self.freeze + self.create + self.copy + self.delete

    def summary(self, order: Order) -> Words:
        """What will happen, in one sentence."""
        parts = [plural("create {n} snapshot", "create {n} snapshots", len(self.create))]
        if self.copy:
            parts.append(plural("copy {n}", "copy {n}", len(self.copy)))
        if order.keep.asked or self.delete:
            parts.append(words("delete {n} old ones", n=len(self.delete)))
        if order.keep.asked:
            parts.append(words("of each volume stays {kept}", kept=in_words(order.keep)))
        return words("{parts}", parts=tuple(parts))


def back_up(world: World, found: Found[Chosen], order: Order) -> Backup:
    """Create what is asked for, copy it where that is wanted, delete what is then not kept.

    Nothing is deleted at home before the new snapshot and all of its copies are complete.  Raises
    UsageError for a region that toban does not look after.
    """
    mine = candidates(world, found, order)
    pruned = _prune(world, mine.volumes, former=order.former)  # first: what it reads is large, and goes again
    create, around = _creations(mine.volumes, order)
    return Backup(
        around,
        tuple(create.values()),
        tuple(_copy(one, to, order.night) for one in mine.volumes for to in one.copies_go_to()),
        tuple(step for _, one in pruned for step in one.steps),
        mine.left + tuple(left for _, one in pruned for left in one.left),
        mine.unread + pruned.unread,
    )


Key = tuple[Place, str]  # a place and a volume's id


def _creations(mine: Sequence[Candidate], order: Order) -> tuple[dict[Key, Step], tuple[Step, ...]]:
    """One for each volume that has none of this night, several of an instance in one call; the freezes."""
    new = [one for one in mine if one.tonight is None]
    sets = volumes.together((one.place, one.chosen) for one in new)
    create = {one.key: _creation(one, sets, order.night) for one in new}
    return _frozen(new, create, order.freeze) if order.freeze else (create, ())


def _creation(one: Candidate, sets: frozenset[str], night: str) -> Step:
    whole = one.chosen.instance is not None and one.chosen.instance.id in sets
    step = create_snapshots.step(one.place, one.chosen, together=whole, night=night)
    said = tuple(words("nothing of it is deleted: {why}", why=why) for why in one.wanted.unclear)
    return replace(step, warnings=said) if said else step


def _frozen(
    mine: Sequence[Candidate], create: Mapping[Key, Step], how: Freeze
) -> tuple[dict[Key, Step], tuple[Step, ...]]:
    """The same creations, each after the freeze of its instance; and the freezes with their ways back."""
    of: dict[Resource, list[Candidate]] = defaultdict(list)
    for one in mine:
        if one.chosen.instance and one.chosen.instance.state == "running":
            of[instances.resource(one.place, one.chosen.instance)].append(one)
    later, around = dict(create), []
    for instance, theirs in of.items():
        frozen = [create[one.key].key for one in theirs]
        first, way_back = freeze.steps(instance, how, frozen, about=theirs[0].id)
        later |= {one.key: replace(create[one.key], needs=(first.key,)) for one in theirs}
        around += [first, way_back]
    return later, tuple(around)


def _copy(one: Candidate, to: Place, night: str) -> Step:
    volume = one.chosen.resource(one.place)
    if one.tonight is None:
        return copy_snapshot.of_new(to, volume, create_snapshots.key(one.place, one.id), night)
    return copy_snapshot.of_tonight(to, volume, one.tonight.id, night)


def _prune(world: World, mine: Sequence[Candidate], *, former: bool) -> Found[Pruned]:
    """At home what waits for all that is made of the volume; where copies go, what waits for the copy."""
    series: dict[Place, dict[str, list[Series]]] = defaultdict(lambda: defaultdict(list))
    for one in mine:
        new = one.tonight is None
        created = (create_snapshots.key(one.place, one.id),) if new else ()
        copied = {to: copy_snapshot.key(to, one.id) for to in one.copies_go_to()}
        after = (*created, *copied.values())
        series[one.place][SNAPSHOT].append(Series(one.id, one.wanted.keep, new, after))
        for to, key in copied.items():
            series[to][COPY].append(Series(one.id, one.wanted.keep, new, (key,)))

    def read(place: Place) -> list[Pruned]:
        kinds = series[place].items()
        return [delete_snapshot.prune(world, place, of, kind, former=former) for kind, of in kinds]

    return everywhere(tuple(series), read)
