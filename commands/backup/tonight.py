"""The night: create, wait, copy, wait, delete what is not kept, and say how all of it went."""

from collections.abc import Sequence
from dataclasses import dataclass

from aws.instance import Instance
from aws.snapshot import Snapshot
from bot.arguments import Kind, arg
from bot.command import Risk, Verb, World
from bot.plan import Plan, Step
from bot.targets import Targets
from bot.words import Words, plural, words
from commands.backup._night import tell
from commands.changes import back_up_instances, back_up_volumes, copy_image, copy_snapshot
from commands.changes.create_image import CREATE as CREATE_IMAGE
from commands.changes.create_snapshots import CREATE as CREATE_SNAPSHOTS
from commands.changes.delete_snapshot import DELETE
from commands.changes.deregister_image import DEREGISTER
from commands.changes.freeze import FREEZE, THAW
from commands.changes.put_metric import PUT_METRIC, signal_step
from commands.generations import orphans, volumes
from commands.generations.image_users import READS
from commands.generations.options import BackupOptions
from commands.generations.volumes import Chosen
from commands.reading import Found, everywhere

PROTECTED = Targets(tags=(("Backup", "nightly"),))


@dataclass(frozen=True, slots=True, kw_only=True)
class Args(BackupOptions):
    """What /backup tonight is told."""

    targets: Targets = arg(
        Kind.TARGETS,
        words("volumes and instances; left out, what carries the tag Backup=nightly"),
        default=PROTECTED,
        option=False,
        prefixes=("vol-", "i-"),
    )
    images: bool = arg(
        Kind.FLAG,
        words("instances become images; volumes without an instance become snapshots"),
        default=False,
    )


def plan(args: Args, world: World) -> Plan:
    """What this night still needs: what has its snapshot or image of tonight is not taken a second time."""
    night = f"{world.now.astimezone(world.zone):%Y-%m-%d}"
    found = volumes.find(world, args.targets, args.account, args.region)
    order = args.order(night)
    whole = _instances(found) if args.images else Found((), ())
    loose = _without(found, whole)
    snapshots, images = (
        back_up_volumes.back_up(world, loose, order),
        back_up_instances.back_up(world, whole, order),
    )
    steps = (*snapshots.steps, *images.steps)
    needed = (*snapshots.create, *snapshots.copy, *images.create, *images.copy)
    lost = everywhere({place for place, _ in found}, lambda place: orphans.of(world, place))
    unread = tuple(dict.fromkeys((*snapshots.unread, *images.unread, *lost.unread)))
    said = [snapshots.summary(order)] if snapshots.steps or not images.steps else []
    said += [images.summary(order)] if images.steps else []
    return Plan(
        words("night of {night}: {steps}", night=night, steps=tuple(said)),
        (*steps, *(_signal(world, needed, night) if not unread else ())),
        snapshots.left + images.left,
        unread,
        _offer(lost),
    )


def _offer(lost: Found[Snapshot]) -> tuple[Words, ...]:
    """The snapshots of images that are gone, whoever deregistered these: offered, not deleted."""
    if not lost.items:
        return ()
    ids = ", ".join(one.id for _, one in lost.items[:3])
    return (
        plural(
            "{n} snapshot of an image that is gone ({ids}): `/ami prune --orphans` deletes it",
            "{n} snapshots of images that are gone ({ids} …): `/ami prune --orphans` deletes them",
            len(lost),
            ids=ids,
        ),
    )


def _instances(found: Found[Chosen]) -> Found[Instance]:
    """The instances that have a volume that is meant, each once."""
    by_id = {one.instance.id: (place, one.instance) for place, one in found if one.instance is not None}
    return Found(tuple(by_id.values()), ())


def _without(found: Found[Chosen], whole: Found[Instance]) -> Found[Chosen]:
    """The volumes that are not in an image already."""
    in_images = {one.id for _, one in whole}
    loose = tuple((place, one) for place, one in found if one.volume.instance_id not in in_images)
    return Found(loose, found.unread)


def _signal(world: World, needed: Sequence[Step], night: str) -> tuple[Step, ...]:
    """Tells CloudWatch of a good night, when all that was to be made is there."""
    if not needed:
        return ()
    home, targets = world.aws.places()[0], len({one.about or one.target.id for one in needed})
    return (signal_step(home, [step.key for step in needed], night=night, targets=targets),)


VERB = Verb(
    noun="backup",
    name="tonight",
    help=words("Back up what is protected, copy it, and delete what is not kept, once a night."),
    args=Args,
    risk=Risk.CHANGE,
    iam=("ec2:DescribeInstances", "ec2:DescribeSnapshots", "ec2:DescribeVolumes", *READS),
    plan=plan,
    examples=(
        "/backup tonight --keep 7",
        "/backup tonight tag:Backup=weekly --keep 4 --copy-to us-east-1",
    ),
    actions=(
        FREEZE,
        CREATE_SNAPSHOTS,
        THAW,
        CREATE_IMAGE,
        copy_snapshot.COPY_ACTION,
        copy_image.COPY_ACTION,
        DELETE,
        DEREGISTER,
        PUT_METRIC,
    ),
    tell=tell,
)
