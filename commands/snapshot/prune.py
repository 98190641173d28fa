"""Delete the generations of volumes that are not to be kept, or snapshots that are named by their ids."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from aws import image, snapshot
from aws.account import Place
from aws.snapshot import Snapshot
from bot.arguments import Kind, UsageError, arg, emergency_arg
from bot.command import Risk, Verb, World
from bot.plan import Left, Plan
from bot.targets import Targets
from bot.words import Words, plural, words
from commands.changes import remove_snapshot
from commands.changes.delete_snapshot import DELETE, prune
from commands.changes.remove_snapshot import REMOVE
from commands.generations import of_volumes, volumes
from commands.generations.keep import in_words
from commands.generations.options import KeepOptions, count_existing_arg
from commands.generations.series import Pruned, series
from commands.generations.tags import COPY, KIND, SNAPSHOT
from commands.reading import NO_TARGETS, Found, accounts_arg, all_named, everywhere, places, regions_arg


@dataclass(frozen=True, slots=True, kw_only=True)
class Args(KeepOptions):
    """What /snapshot prune is told."""

    targets: Targets = arg(
        Kind.TARGETS,
        words("the volumes whose generations are meant; or snapshots by their ids, whatever they are"),
        option=False,
        required=True,
        prefixes=("vol-", "i-", "snap-"),
    )
    copies: bool = arg(Kind.FLAG, words("their copies in other regions are meant instead"), default=False)
    count_existing: bool = count_existing_arg()
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()
    emergency: str = emergency_arg()


def plan(args: Args, world: World) -> Plan:
    """A deletion for each completed generation that is not kept, and for each snapshot that is named."""
    named = tuple(one for one in args.targets.ids if one.startswith("snap-"))
    volumes_ = replace(args.targets, ids=tuple(one for one in args.targets.ids if one not in named))
    if volumes_ != NO_TARGETS and not args.rule.asked:
        raise UsageError(words("Say how many stay: --keep 7, --older-than 30d, --keep-daily 7 …"))
    found: Found[volumes.Chosen] = Found((), ())
    if volumes_ != NO_TARGETS:
        found = volumes.find(world, volumes_, args.account, args.region)
    expired = _expired(args, world, found)
    removed = _named(args, world, named)
    old = tuple(step for _, one in expired for step in one.steps)
    left = tuple(left for _, one in (*expired, *removed) for left in one.left)
    unread = tuple(dict.fromkeys(found.unread + expired.unread + removed.unread))
    by_id = tuple(step for _, one in removed for step in one.steps)
    return Plan(_summary(args, len(found), len(old), len(by_id)), (*old, *by_id), left, unread)


def _summary(args: Args, volumes: int, old: int, named: int) -> Words:
    parts = []
    if args.rule.asked:
        parts.append(
            plural(
                "delete {n} snapshot of {count} volumes; of each stays {kept}",
                "delete {n} snapshots of {count} volumes; of each stays {kept}",
                old,
                kept=in_words(args.rule),
                count=volumes,
            )
        )
    if named or not parts:
        parts.append(plural("delete {n} snapshot by its id", "delete {n} snapshots by their ids", named))
    return words("{parts}", parts=tuple(parts))


def _named(args: Args, world: World, named: Sequence[str]) -> Found[Pruned]:
    """Those that are named go, also the last good one of a volume, which the plan then says."""
    if not named:
        return Found((), ())
    found = everywhere(
        places(world, args.account, args.region), lambda place: snapshot.find(world.aws.ec2(place), ids=named)
    )
    all_named(Targets(ids=tuple(named)), (one.id for _, one in found), found.unread)
    return Found(tuple((place, _removal(world, place, one)) for place, one in found), found.unread)


def _removal(world: World, place: Place, one: Snapshot) -> Pruned:
    users = image.users_of(world.aws.ec2(place), [one.id])
    if one.id in users:
        why = words("{images} uses it", images=", ".join(users[one.id]))
        return Pruned(left=(Left(remove_snapshot.step(place, one).target, why),))
    return Pruned(steps=(remove_snapshot.step(place, one, *_last(world, place, one)),))


def _last(world: World, place: Place, one: Snapshot) -> tuple[Words, ...]:
    """That it is the last good generation of its volume, if so."""
    kind = one.tags.get(KIND, "")
    volume = of_volumes.volume_of(one, kind) if kind in (SNAPSHOT, COPY) else ""
    there = of_volumes.of(world, place, [volume], kind).get(volume, []) if volume else []
    is_last = [each.id for each in there] == [one.id]
    return (words("it is the last good generation of {volume}", volume=volume),) if is_last else ()


def _expired(args: Args, world: World, found: Found[volumes.Chosen]) -> Found[Pruned]:
    meant = series(world, ((place, one.id, one.tags) for place, one in found), args.rule, copies=args.copies)
    kind = COPY if args.copies else SNAPSHOT
    return everywhere(
        meant, lambda place: [prune(world, place, meant[place], kind, former=args.count_existing)]
    )


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
        "/snapshot prune snap-0123456789abcdef0",
    ),
    actions=(DELETE, REMOVE),
)
