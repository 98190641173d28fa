"""List snapshots of our own."""

from collections.abc import Iterator
from dataclasses import dataclass

from aws import snapshot
from aws.account import Place
from aws.snapshot import Snapshot
from bot.arguments import Kind, arg
from bot.command import Risk, Verb, World
from bot.plan import Plan
from bot.targets import Targets
from bot.words import plural, words
from commands.generations.tags import MADE_BY
from commands.reading import NO_TARGETS, accounts_arg, everywhere, places, regions_arg, table


@dataclass(frozen=True, slots=True)
class Args:
    """What /snapshot list is told."""

    targets: Targets = arg(
        Kind.TARGETS,
        words("snapshots, or the volumes they were taken of; names and tags are the snapshots'"),
        default=NO_TARGETS,
        option=False,
        prefixes=("snap-", "vol-"),
    )
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()


def plan(args: Args, world: World) -> Plan:
    """One row for each snapshot, the newest first; nothing changes."""
    meant = places(world, args.account, args.region)
    found = everywhere(meant, lambda place: _in(world, place, args.targets))
    heads = (
        words("Snapshot"),
        words("Volume"),
        words("State"),
        words("Taken"),
        words("GiB"),
        words("By"),
        words("Account"),
    )
    newest_first = sorted(found, key=lambda pair: pair[1].started, reverse=True)
    summary = plural("{n} snapshot", "{n} snapshots", len(found))
    rows = [_row(place, one) for place, one in newest_first]
    return Plan(summary, unread=found.unread, table=table(heads, rows))


def _row(place: Place, one: Snapshot) -> tuple[str, ...]:
    made_by = one.tags.get(MADE_BY, "")
    return (
        one.id,
        one.volume_id,
        one.state if one.state != "pending" else f"pending {one.progress}",
        f"{one.started:%Y-%m-%d %H:%M}Z",
        str(one.size_gib),
        f"toban #{made_by}" if made_by else "",
        place.account,
    )


def _in(world: World, place: Place, targets: Targets) -> Iterator[Snapshot]:
    ec2 = world.aws.ec2(place)
    ids = [wanted for wanted in targets.ids if wanted.startswith("snap-")]
    volumes = [wanted for wanted in targets.ids if wanted.startswith("vol-")]
    if ids:
        yield from snapshot.find(ec2, ids=ids)
    if volumes:
        yield from snapshot.find(ec2, volume_ids=volumes)
    if not targets.ids or targets.tags or targets.names:
        names = [("Name", name) for name in targets.names]
        yield from snapshot.find(ec2, tags=[*targets.tags, *names])


VERB = Verb(
    noun="snapshot",
    name="list",
    help=words("List EBS snapshots of our own."),
    args=Args,
    risk=Risk.NONE,
    iam=("ec2:DescribeSnapshots",),
    plan=plan,
    examples=("/snapshot list", "/snapshot list vol-0123456789abcdef0"),
)
