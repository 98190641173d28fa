"""Deregister images by their ids, with their snapshots; what would still be launched stays."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aws import image, instance
from aws.account import Place
from aws.image import Image
from bot.arguments import Kind, UsageError, arg, emergency_arg
from bot.command import Risk, Verb, World
from bot.plan import Left, Plan, Resource, Step
from bot.targets import Targets
from bot.words import Words, plural, words
from commands.changes import deregister_image
from commands.changes.deregister_image import DEREGISTER
from commands.generations import of_images
from commands.generations.image_users import READS, shared_by, users_of
from commands.generations.tags import COPY, IMAGE, INSTANCE
from commands.reading import accounts_arg, all_named, everywhere, places, regions_arg

SHOWN = 5  # instances named in one warning


@dataclass(frozen=True, slots=True)
class Args:
    """What /ami deregister is told."""

    targets: Targets = arg(
        Kind.TARGETS, words("the ids of the images"), option=False, required=True, prefixes=("ami-",)
    )
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()
    emergency: str = emergency_arg()


def plan(args: Args, world: World) -> Plan:
    """One step for each image that nothing would launch any more; the last good generation is named so."""
    meant = places(world, args.account, args.region)
    if args.targets != Targets(ids=args.targets.ids):
        raise UsageError(words("Name the images by their ids; `/ami prune` is for many."))
    found = everywhere(meant, lambda place: _in(world, place, args.targets.ids))
    all_named(args.targets, (one.target.id for _, one in found), found.unread)
    steps = tuple(one for _, one in found if isinstance(one, Step))
    left = tuple(one for _, one in found if isinstance(one, Left))
    summary = plural("deregister {n} image", "deregister {n} images", len(steps))
    return Plan(summary, steps, left, found.unread)


def _in(world: World, place: Place, ids: Sequence[str]) -> Iterable[Step | Left]:
    there = [one for one in image.find(world.aws.ec2(place), ids=ids) if one.state != "deregistered"]
    used = users_of(world, place, [one.id for one in there])
    shared = shared_by(world, place, {one.id: one.snapshot_ids for one in there})
    running = _running(world, place, [one.id for one in there])
    last = _last(world, place, there)
    for one in there:
        if one.id in used:
            yield Left(_resource(place, one), used[one.id])
        else:
            warnings = (
                *last.get(one.id, ()),
                *running.get(one.id, ()),
                *shared.get(one.id, ()),
                *_shown(one),
            )
            yield deregister_image.named(_resource(place, one), one.state, one.snapshot_ids, warnings)


def _resource(place: Place, one: Image) -> Resource:
    return Resource(place.account, place.region, "image", one.id, one.name, tuple(one.tags.items()))


def _shown(one: Image) -> tuple[Words, ...]:
    return (words("everybody may launch it, and somebody may rely on it"),) if one.public else ()


def _last(world: World, place: Place, there: Sequence[Image]) -> dict[str, tuple[Words, ...]]:
    """A warning for each image after which nothing is left to launch its instance from, in this region."""
    ids = {one.id for one in there}
    last: dict[str, tuple[Words, ...]] = {}
    of = {one.tags[INSTANCE] for one in there if INSTANCE in one.tags}
    for kind in (IMAGE, COPY):
        for name, generations in of_images.of(world, place, of, kind).items():
            if all(one.id in ids for one in generations):
                why = words("it is the last good generation of {instance} here", instance=name)
                last[generations[0].id] = (why,)
    return last


def _running(world: World, place: Place, ids: Sequence[str]) -> dict[str, tuple[Words, ...]]:
    """A warning for each image that instances run from: they go on, but cannot be launched again."""
    found = list(instance.find(world.aws.ec2(place), image_ids=ids)) if ids else []
    of: dict[str, list[str]] = {}
    for one in found:
        if one.state != "terminated":
            of.setdefault(one.image_id, []).append(one.id)
    return {
        image_id: (
            plural(
                "{n} instance was launched from it, and goes on: {ids}",
                "{n} instances were launched from it, and go on: {ids}",
                len(names),
                ids=", ".join(names[:SHOWN]) + (" …" if len(names) > SHOWN else ""),
            ),
        )
        for image_id, names in of.items()
    }


VERB = Verb(
    noun="ami",
    name="deregister",
    help=words("Deregister images with their snapshots, unless something would still launch them."),
    args=Args,
    risk=Risk.DESTROY,
    iam=("ec2:DescribeInstances", *READS),
    plan=plan,
    examples=("/ami deregister ami-0123456789abcdef0",),
    actions=(DEREGISTER,),
)
