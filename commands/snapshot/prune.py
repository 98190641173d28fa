"""Delete the generations of volumes beyond the number to keep."""

from collections.abc import Iterable
from dataclasses import dataclass

from aws.account import Place
from bot.arguments import Kind, arg, emergency_arg
from bot.command import Risk, Verb, World
from bot.plan import Plan
from bot.targets import Targets
from bot.words import plural, words
from commands.reading import accounts_arg, everywhere, regions_arg
from commands.snapshot import _generations, _volumes


@dataclass(frozen=True, slots=True)
class Args:
    """What /snapshot prune is told."""

    targets: Targets = arg(
        Kind.TARGETS,
        words("the volumes whose generations are meant"),
        option=False,
        required=True,
        prefixes=("vol-", "i-"),
    )
    keep: int = arg(
        Kind.NUMBER,
        words("so many completed generations of each volume stay"),
        required=True,
        at_least=1,
        at_most=1000,
    )
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()
    emergency: str = emergency_arg()


def plan(args: Args, world: World) -> Plan:
    """A deletion for each completed generation beyond the newest --keep; no other snapshot is touched."""
    found = _volumes.find(world, args.targets, args.account, args.region)
    volumes: dict[Place, list[str]] = {}
    for place, one in found:
        volumes.setdefault(place, []).append(one.id)

    def read(place: Place) -> Iterable[_generations.Expired]:
        return [_generations.expired(world, place, args.keep, {}, volumes[place])]

    expired = everywhere(volumes, read)
    steps = tuple(step for _, one in expired for step in one.steps)
    left = tuple(left for _, one in expired for left in one.left)
    summary = plural(
        "keep {keep} generations of {count} volumes: delete {n} snapshot",
        "keep {keep} generations of {count} volumes: delete {n} snapshots",
        len(steps),
        keep=args.keep,
        count=len(found),
    )
    return Plan(summary, steps, left, found.unread + expired.unread)


VERB = Verb(
    noun="snapshot",
    name="prune",
    help=words("Delete the generations of volumes beyond the number to keep."),
    args=Args,
    risk=Risk.DESTROY,
    iam=("ec2:DescribeVolumes", "ec2:DescribeSnapshots", "ec2:DescribeImages"),
    plan=plan,
    examples=(
        "/snapshot prune vol-0123456789abcdef0 --keep 7",
        "/snapshot prune tag:Backup=nightly --keep 7",
    ),
    actions=(_generations.DELETE,),
)
