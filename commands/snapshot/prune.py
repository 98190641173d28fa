"""Delete the generations of volumes that are not to be kept."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from aws.account import Place
from bot.arguments import Kind, UsageError, arg, emergency_arg
from bot.command import Risk, Verb, World
from bot.plan import Plan
from bot.targets import Targets
from bot.words import plural, words
from commands.changes.delete_snapshot import DELETE, Pruned, Series, prune
from commands.generations import volumes
from commands.generations.keep import in_words
from commands.generations.options import KeepOptions, count_existing_arg
from commands.generations.overrides import wanted
from commands.generations.tags import COPY, SNAPSHOT
from commands.reading import Found, accounts_arg, everywhere, places, regions_arg


@dataclass(frozen=True, slots=True, kw_only=True)
class Args(KeepOptions):
    """What /snapshot prune is told."""

    targets: Targets = arg(
        Kind.TARGETS,
        words("the volumes whose generations are meant"),
        option=False,
        required=True,
        prefixes=("vol-", "i-"),
    )
    copies: bool = arg(Kind.FLAG, words("their copies in other regions are meant instead"), default=False)
    count_existing: bool = count_existing_arg()
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()
    emergency: str = emergency_arg()


def plan(args: Args, world: World) -> Plan:
    """A deletion for each completed generation that is not kept; no other snapshot is touched."""
    if not args.rule.asked:
        raise UsageError(words("Say how many stay: --keep 7, --older-than 30d, --keep-daily 7 …"))
    found = volumes.find(world, args.targets, args.account, args.region)
    expired = _expired(args, world, found)
    steps = tuple(step for _, one in expired for step in one.steps)
    summary = plural(
        "delete {n} snapshot of {count} volumes; of each stays {kept}",
        "delete {n} snapshots of {count} volumes; of each stays {kept}",
        len(steps),
        kept=in_words(args.rule),
        count=len(found),
    )
    left = tuple(left for _, one in expired for left in one.left)
    return Plan(summary, steps, left, found.unread + expired.unread)


def _expired(args: Args, world: World, found: Found[volumes.Chosen]) -> Found[Pruned]:
    series: dict[Place, list[Series]] = defaultdict(list)
    for place, one in found:
        how = wanted(one.tags, args.rule, (), world.aws.regions(place.account), place.region)
        for there in _kept_in(args, world, place):
            series[there].append(Series(one.id, how.keep))
    kind = COPY if args.copies else SNAPSHOT
    return everywhere(
        series, lambda place: [prune(world, place, series[place], kind, former=args.count_existing)]
    )


def _kept_in(args: Args, world: World, home: Place) -> Sequence[Place]:
    """Where the generations of a volume of this place are."""
    if not args.copies:
        return (home,)
    return tuple(place for place in places(world, (home.account,), ()) if place.region != home.region)


VERB = Verb(
    noun="snapshot",
    name="prune",
    help=words("Delete the generations of volumes that are not to be kept; the newest always stays."),
    args=Args,
    risk=Risk.DESTROY,
    iam=("ec2:DescribeInstances", "ec2:DescribeVolumes", "ec2:DescribeSnapshots", "ec2:DescribeImages"),
    plan=plan,
    examples=(
        "/snapshot prune vol-0123456789abcdef0 --keep 7",
        "/snapshot prune tag:Backup=nightly --keep-daily 7 --keep-weekly 4 --keep-monthly 12",
    ),
    actions=(DELETE,),
)
