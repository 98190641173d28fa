"""Create snapshots; several volumes of an instance in one consistent set; old generations go afterwards."""

from dataclasses import dataclass

from bot.arguments import Kind, arg
from bot.command import Risk, Verb, World
from bot.plan import Plan
from bot.targets import Targets
from bot.words import words
from commands.changes.back_up_volumes import back_up
from commands.changes.copy_snapshot import COPY_ACTION
from commands.changes.create_snapshots import CREATE
from commands.changes.delete_snapshot import DELETE
from commands.changes.freeze import FREEZE, THAW
from commands.generations import volumes
from commands.generations.options import BackupOptions
from commands.prices import notes


@dataclass(frozen=True, slots=True, kw_only=True)
class Args(BackupOptions):
    """What /snapshot create is told."""

    targets: Targets = arg(
        Kind.TARGETS,
        words("volumes, or instances: all of their volumes at one moment"),
        option=False,
        required=True,
        prefixes=("vol-", "i-"),
    )


def plan(args: Args, world: World) -> Plan:
    """One new snapshot a volume, its copies, and deletions that wait until these are complete."""
    found = volumes.find(world, args.targets, args.account, args.region)
    order = args.order()
    backup = back_up(world, found, order)
    sizes = {(place, one.id): one.volume.size_gib for place, one in found}
    new = [(step.target.place, sizes[step.target.place, step.target.id]) for step in backup.create]
    cost = notes.of_snapshots(world, new)
    return Plan(backup.summary(order), backup.steps, backup.left, backup.unread, cost)


VERB = Verb(
    noun="snapshot",
    name="create",
    help=words(
        "Create snapshots, several volumes of an instance at one moment; with --keep old generations go."
    ),
    args=Args,
    risk=Risk.CHANGE,
    iam=("ec2:DescribeInstances", "ec2:DescribeVolumes", "ec2:DescribeSnapshots", "ec2:DescribeImages"),
    plan=plan,
    examples=(
        "/snapshot create vol-0123456789abcdef0",
        "/snapshot create tag:Backup=nightly --keep 7",
        "/snapshot create i-0123456789abcdef0 --copy-to us-east-1",
    ),
    actions=(FREEZE, CREATE, THAW, COPY_ACTION, DELETE),
)
