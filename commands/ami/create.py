"""Create images of instances, by default without a reboot; old generations go afterwards."""

from dataclasses import dataclass

from bot.arguments import Kind, arg, emergency_arg
from bot.command import Risk, Verb, World
from bot.plan import Plan
from bot.targets import Targets
from bot.words import words
from commands import instances
from commands.changes.back_up_instances import back_up
from commands.changes.copy_image import COPY_ACTION
from commands.changes.create_image import CREATE
from commands.changes.deregister_image import DEREGISTER
from commands.generations.image_users import READS
from commands.generations.options import KeepOptions, copy_to_arg, count_existing_arg, without_arg
from commands.generations.order import Order
from commands.reading import accounts_arg, regions_arg


@dataclass(frozen=True, slots=True, kw_only=True)
class Args(KeepOptions):
    """What /ami create is told."""

    targets: Targets = arg(
        Kind.TARGETS, words("which instances"), option=False, required=True, prefixes=("i-",)
    )
    reboot: bool = arg(
        Kind.FLAG, words("reboot them for it, so that their file systems are whole"), default=False
    )
    copy_to: tuple[str, ...] = copy_to_arg()
    without: tuple[str, ...] = without_arg()
    count_existing: bool = count_existing_arg()
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()
    emergency: str = emergency_arg()


def plan(args: Args, world: World) -> Plan:
    """One new image an instance, its copies, and deregistrations that wait until these are available."""
    found = instances.find(world, args.targets, args.account, args.region)
    order = Order(args.rule, args.copy_to, args.without, args.count_existing)
    backup = back_up(world, found, order, reboot=args.reboot)
    return Plan(backup.summary(order), backup.steps, backup.left, backup.unread)


VERB = Verb(
    noun="ami",
    name="create",
    help=words("Create images of instances, without a reboot if not told to; with --keep old ones go."),
    args=Args,
    risk=Risk.CHANGE,
    iam=("ec2:DescribeInstances", *READS),
    plan=plan,
    examples=(
        "/ami create i-0123456789abcdef0",
        "/ami create tag:Backup=nightly --keep 7",
        "/ami create i-0123456789abcdef0 --reboot --copy-to us-east-1",
    ),
    actions=(CREATE, COPY_ACTION, DEREGISTER),
)
