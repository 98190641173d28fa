"""Copy images to another region; what is there already is not copied again."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from aws import image
from aws.account import Place
from aws.image import Image
from bot.arguments import Kind, UsageError, arg, emergency_arg
from bot.command import Risk, Verb, World
from bot.plan import Left, Plan, Resource, Step
from bot.targets import Targets
from bot.words import Words, plural, words
from commands import instances
from commands.changes import copy_image
from commands.changes.copy_image import COPY_ACTION, copies_of
from commands.changes.deregister_image import DEREGISTER, prune
from commands.generations import of_images
from commands.generations.candidates import must_be_looked_after
from commands.generations.image_users import READS
from commands.generations.options import KeepOptions
from commands.generations.series import Pruned, Series
from commands.generations.tags import COPY, INSTANCE
from commands.reading import Found, accounts_arg, all_named, everywhere, places, regions_arg


@dataclass(frozen=True, slots=True, kw_only=True)
class Args(KeepOptions):
    """What /ami copy is told."""

    targets: Targets = arg(
        Kind.TARGETS,
        words("images; or instances: the newest image that toban made of each"),
        option=False,
        required=True,
        prefixes=("ami-", "i-"),
    )
    to: tuple[str, ...] = arg(Kind.REGION, words("copy to this region"), required=True, many=True)
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()
    emergency: str = emergency_arg()


def plan(args: Args, world: World) -> Plan:
    """A copy in each region for each image that has none there; with --keep, old copies go afterwards."""
    found = _sources(args, world)
    must_be_looked_after(world, args.to, {place.account for place, _ in found})
    wanted = [(home, Place(home.account, region), one) for home, one in found for region in args.to]
    there = _copies(world, ((to, one) for home, to, one in wanted if home != to))
    blind = {one.place for one in there.unread}
    copies = {(place, source): copy for place, (source, copy) in there}
    steps, left = [], []
    for home, to, one in wanted:
        why = _why_not(one, home, to, copies.get((to, one.id)))
        if why is not None:
            left.append(Left(_resource(home, one), why))
        elif to not in blind:
            steps.append(copy_image.of_existing(home, to, one, one.tags.get(INSTANCE, "")))
    pruned = _prune(args, world, steps)
    gone = tuple(step for _, one in pruned for step in one.steps)
    summary = plural("copy {n} image", "copy {n} images", len(steps))
    if args.rule.asked:
        summary = words("{copy}, delete {n} old copies", copy=summary, n=len(gone))
    used = tuple(each for _, one in pruned for each in one.left)
    return Plan(summary, (*steps, *gone), (*left, *used), found.unread + there.unread + pruned.unread)


def _resource(place: Place, one: Image) -> Resource:
    return Resource(place.account, place.region, "image", one.id, one.name, tuple(one.tags.items()))


def _sources(args: Args, world: World) -> Found[Image]:
    """The images that are meant.  Raises UsageError when there is none."""
    meant = places(world, args.account, args.region)
    found = everywhere(meant, lambda place: _in(world, place, args.targets))
    named = {one.id for _, one in found} | {one.tags.get(INSTANCE, "") for _, one in found}
    all_named(args.targets, named, found.unread)
    if not found.items and not found.unread:
        raise UsageError(words("There is no image to copy: toban made none of what was named."))
    return found


def _in(world: World, place: Place, targets: Targets) -> Iterator[Image]:
    """Those named by their ids, and the newest generation of each instance."""
    ec2, ids = world.aws.ec2(place), [one for one in targets.ids if one.startswith("ami-")]
    if ids:
        yield from image.find(ec2, ids=ids)
    rest = Targets(
        tuple(one for one in targets.ids if one not in ids), targets.names, targets.tags, targets.everything
    )
    newest = of_images.of(world, place, [one.id for one in instances.in_place(world, place, rest)])
    first = [generations[0].id for generations in newest.values() if generations[0].id not in ids]
    if first:
        yield from image.find(ec2, ids=first)


def _copies(world: World, wanted: Iterable[tuple[Place, Image]]) -> Found[tuple[str, Image]]:
    """What has been copied where already, by what it was copied from."""
    sources: dict[Place, list[str]] = defaultdict(list)
    for to, one in wanted:
        sources[to].append(one.id)
    return everywhere(sources, lambda to: copies_of(world, to, sources[to]).items())


def _why_not(one: Image, home: Place, to: Place, copy: Image | None) -> Words | None:
    if home == to:
        return words("it is in {region} itself", region=to.region)
    if copy is not None:
        return words("its copy in {region} is {id}", region=to.region, id=copy.id)
    if one.state != "available":
        return words("it is {state}", state=one.state)
    return None


def _prune(args: Args, world: World, steps: Iterable[Step]) -> Found[Pruned]:
    """Where copies go, the older copies of the same instances that are not kept."""
    series: Mapping[Place, list[Series]] = defaultdict(list)
    for step in steps:
        if instance := dict(step.inputs).get("instance"):
            series[step.target.place].append(Series(instance, args.rule, new=True, after=(step.key,)))
    return everywhere(tuple(series), lambda to: [prune(world, to, series[to], COPY)])


VERB = Verb(
    noun="ami",
    name="copy",
    help=words("Copy images to another region; with --keep old copies there go."),
    args=Args,
    risk=Risk.CHANGE,
    iam=("ec2:DescribeInstances", *READS),
    plan=plan,
    examples=(
        "/ami copy ami-0123456789abcdef0 --to us-east-1",
        "/ami copy tag:Backup=nightly --keep 7 --to us-east-1",
    ),
    actions=(COPY_ACTION, DEREGISTER),
)
