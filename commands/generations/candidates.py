"""Which of the volumes that are meant need a backup now, and which are left alone and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase

from aws import snapshot
from aws.account import Place
from aws.snapshot import Snapshot
from bot.arguments import UsageError
from bot.command import World
from bot.plan import Left, Unread
from bot.words import Words, words
from commands.generations.order import Order
from commands.generations.overrides import Wanted, wanted
from commands.generations.tags import EXCLUDE, NIGHT, SNAPSHOT, is_ours
from commands.generations.volumes import Chosen
from commands.reading import Found, everywhere

BACKED_UP = ("available", "in-use")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One volume that is to be backed up."""

    place: Place
    chosen: Chosen
    wanted: Wanted
    tonight: Snapshot | None  # its snapshot of this night, if it has one already

    @property
    def id(self) -> str:
        """The volume's id."""
        return self.chosen.id

    @property
    def key(self) -> tuple[Place, str]:
        """Where it is, and its id."""
        return self.place, self.chosen.id

    def copies_go_to(self) -> tuple[Place, ...]:
        """The places that get a copy."""
        return tuple(Place(self.place.account, region) for region in self.wanted.copy_to)


@dataclass(frozen=True, slots=True)
class Candidates:
    """Those that are to be backed up, and the others."""

    volumes: tuple[Candidate, ...]
    left: tuple[Left, ...]
    unread: tuple[Unread, ...]


def candidates(world: World, found: Found[Chosen], order: Order) -> Candidates:
    """Sort out which volumes are to be backed up.  Raises UsageError for a region nobody looks after."""
    must_be_looked_after(world, order.copy_to, {place.account for place, _ in found})
    tonight = _of_tonight(world, {place for place, _ in found}, order.night)
    blind = {one.place for one in tonight.unread}
    made = {(place, one.volume_id): one for place, one in tonight}
    volumes, left = [], []
    for place, chosen in found:
        if place in blind:
            continue
        how = wanted(chosen.tags, order.keep, order.copy_to, world.aws.regions(place.account), place.region)
        one = Candidate(place, chosen, how, made.get((place, chosen.id)))
        why = _why_not(one, order)
        if why is None:
            volumes.append(one)
        else:
            left.append(Left(chosen.resource(place), why))
    return Candidates(tuple(volumes), tuple(left), found.unread + tonight.unread)


def kept_out(how: Wanted, tags: Mapping[str, str], order: Order) -> Words | None:
    """Why people want no backup of what carries these tags, if so.  Pure."""
    if how.excluded:
        return words("its tag {key} keeps it out", key=EXCLUDE)
    for tag in order.without:
        key, _, value = tag.partition("=")
        if key in tags and fnmatchcase(tags[key], value or "*"):
            return words("left out by --without {tag}", tag=tag)
    return None


def _why_not(one: Candidate, order: Order) -> Words | None:
    if (why := kept_out(one.wanted, one.chosen.tags, order)) is not None:
        return why
    if one.chosen.volume.state not in BACKED_UP:
        return words("it is {state}", state=one.chosen.volume.state)
    tonight = one.tonight
    if tonight is not None and (tonight.state != "completed" or not one.wanted.copy_to):
        return words("its snapshot of this night, {id}, is {state}", id=tonight.id, state=tonight.state)
    return None


def _of_tonight(world: World, places: Iterable[Place], night: str) -> Found[Snapshot]:
    """What this night has made already and what has not failed."""
    if not night:
        return Found((), ())
    return everywhere(
        places,
        lambda place: (
            one for one in snapshot.find(world.aws.ec2(place), tags=[(NIGHT, night)]) if is_tonights(one)
        ),
    )


def is_tonights(one: Snapshot) -> bool:
    """Whether what carries a night's date is, or will be, what that night wanted.  Pure."""
    return is_ours(one.tags, SNAPSHOT) and one.state in ("pending", "completed")


def must_be_looked_after(world: World, regions: Iterable[str], accounts: Iterable[str]) -> None:
    """Raise UsageError for a region to copy to in which toban looks after nothing of these accounts."""
    for account in sorted(accounts):
        there = world.aws.regions(account)
        for region in regions:
            if region not in there:
                raise UsageError(
                    words(
                        "toban does not look after {region} in {account}, so it cannot keep generations"
                        " there; it looks after {regions}.",
                        region=region,
                        account=account,
                        regions=", ".join(there),
                    )
                )
