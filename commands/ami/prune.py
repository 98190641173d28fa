"""Deregister the images of instances that are not to be kept, and delete what images left behind."""

from collections.abc import Iterator
from dataclasses import dataclass

from aws.account import Place
from aws.instance import Instance
from bot.arguments import Kind, UsageError, arg, emergency_arg
from bot.command import Risk, Verb, World
from bot.plan import Plan, Step
from bot.targets import Targets
from bot.words import Words, plural, words
from commands import instances
from commands.changes import remove_snapshot
from commands.changes.deregister_image import DEREGISTER, prune
from commands.changes.remove_snapshot import REMOVE
from commands.generations import orphans
from commands.generations.image_users import READS
from commands.generations.keep import in_words
from commands.generations.options import KeepOptions, count_existing_arg
from commands.generations.series import Pruned, series
from commands.generations.tags import COPY, IMAGE
from commands.reading import NO_TARGETS, Found, accounts_arg, everywhere, places, regions_arg


@dataclass(frozen=True, slots=True, kw_only=True)
class Args(KeepOptions):
    """What /ami prune is told."""

    targets: Targets = arg(
        Kind.TARGETS,
        words("the instances whose images are meant"),
        default=NO_TARGETS,
        option=False,
        prefixes=("i-",),
    )
    copies: bool = arg(Kind.FLAG, words("their copies in other regions are meant instead"), default=False)
    orphans: bool = arg(
        Kind.FLAG, words("also delete the snapshots toban made for images that are gone"), default=False
    )
    count_existing: bool = count_existing_arg()
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()
    emergency: str = emergency_arg()


def plan(args: Args, world: World) -> Plan:
    """A deregistration for each image that is not kept, a deletion for each orphan; nothing else."""
    if args.targets == NO_TARGETS and not args.orphans:
        raise UsageError(words("Name the instances whose images are meant, or say --orphans."))
    if args.targets != NO_TARGETS and not args.rule.asked:
        raise UsageError(words("Say how many stay: --keep 7, --older-than 30d, --keep-daily 7 …"))
    meant = places(world, args.account, args.region)
    found = _instances(args, world)
    expired = _expired(args, world, found)
    lost = everywhere(meant if args.orphans else (), lambda place: _orphans(world, place))
    steps = tuple(step for _, one in expired for step in one.steps)
    left = tuple(left for _, one in expired for left in one.left)
    unread = tuple(dict.fromkeys(found.unread + expired.unread + lost.unread))
    return Plan(_summary(args, len(steps), len(lost)), (*steps, *(one for _, one in lost)), left, unread)


def _summary(args: Args, images: int, lost: int) -> Words:
    parts = []
    if args.rule.asked and args.targets != NO_TARGETS:
        parts.append(
            plural(
                "deregister {n} image; of each instance stays {kept}",
                "deregister {n} images; of each instance stays {kept}",
                images,
                kept=in_words(args.rule),
            )
        )
    if args.orphans:
        parts.append(
            plural(
                "delete {n} snapshot of an image that is gone",
                "delete {n} snapshots of images that are gone",
                lost,
            )
        )
    return words("{parts}", parts=tuple(parts))


def _orphans(world: World, place: Place) -> Iterator[Step]:
    for one in orphans.of(world, place):
        yield remove_snapshot.step(place, one)


def _instances(args: Args, world: World) -> Found[Instance]:
    if args.targets == NO_TARGETS:
        return Found((), ())
    return instances.find(world, args.targets, args.account, args.region)


def _expired(args: Args, world: World, found: Found[Instance]) -> Found[Pruned]:
    meant = series(world, ((place, one.id, one.tags) for place, one in found), args.rule, copies=args.copies)
    kind = COPY if args.copies else IMAGE
    return everywhere(
        meant, lambda place: [prune(world, place, meant[place], kind, former=args.count_existing)]
    )


VERB = Verb(
    noun="ami",
    name="prune",
    help=words("Deregister images of instances that are not to be kept; the newest always stays."),
    args=Args,
    risk=Risk.DESTROY,
    iam=("ec2:DescribeInstances", "ec2:DescribeSnapshots", *READS),
    plan=plan,
    examples=(
        "/ami prune --orphans",
        "/ami prune tag:Backup=nightly --keep 7",
    ),
    actions=(DEREGISTER, REMOVE),
)
