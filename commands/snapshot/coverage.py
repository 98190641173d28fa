"""What could be restored: the last good generation of every volume and database, and whose it is."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from aws import database, snapshot
from aws.account import Place
from aws.snapshot import Snapshot
from bot.arguments import Kind, arg
from bot.command import Risk, Verb, World
from bot.plan import Plan
from bot.targets import Targets
from bot.words import words
from commands.generations import volumes
from commands.generations.of_volumes import is_restorable
from commands.generations.tags import KIND, MADE_BY
from commands.generations.volumes import Chosen
from commands.reading import Found, accounts_arg, everywhere, places, regions_arg, table

EVERYTHING = Targets(everything=True)
BY_BACKUP = "aws:backup:source-resource"
BY_LIFECYCLE = "aws:dlm:lifecycle-policy-id"


class By(StrEnum):
    """Who made a snapshot, as the tags say that each of them puts on what it makes."""

    TOBAN = "toban"
    BACKUP = "AWS Backup"
    LIFECYCLE = "Data Lifecycle Manager"
    RDS = "RDS automated backup"
    HAND = "by hand"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Args:
    """What /snapshot coverage is told."""

    targets: Targets = arg(
        Kind.TARGETS,
        words("volumes and instances; left out, all of them and the databases"),
        default=EVERYTHING,
        option=False,
        prefixes=("vol-", "i-"),
    )
    within: timedelta = arg(
        Kind.DURATION,
        words("an older last good generation does not count as cover"),
        default=timedelta(days=2),
    )
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()


@dataclass(frozen=True, slots=True)
class Cover:
    """What could be restored of one volume or database."""

    place: Place
    id: str
    name: str
    instance: str  # that the volume is attached to; "" when to none
    by: tuple[By, ...]  # who made something that is still good, the newest first
    last: datetime | None  # the moment that the newest good one holds
    count: int  # good ones

    def stands(self, now: datetime, within: timedelta) -> bool:
        """Whether it is covered at all, and lately."""
        return self.last is not None and now - self.last <= within


def plan(args: Args, world: World) -> Plan:
    """One row for each volume and database, those without cover first; nothing changes."""
    meant = volumes.find(world, args.targets, args.account, args.region)
    covers = everywhere({place for place, _ in meant}, lambda place: _volumes(world, place, meant))
    databases: Found[Cover] = Found((), ())
    if args.targets == EVERYTHING:
        where = places(world, args.account, args.region)
        databases = everywhere(where, lambda place: _databases(world, place))
    found = [one for _, one in (*covers, *databases)]
    bare = [one for one in found if not one.stands(world.now, args.within)]
    summary = words(
        "{n} of {total} volumes and databases are covered within {within}; {bare} are not.",
        n=len(found) - len(bare),
        total=len(found),
        within=args.within,
        bare=len(bare),
    )
    heads = (
        words("Resource"),
        words("Name"),
        words("Instance"),
        words("By"),
        words("Last good"),
        words("Age"),
        words("Good ones"),
    )
    in_order = sorted(
        found, key=lambda one: (one.stands(world.now, args.within), one.last is not None, one.id)
    )
    rows = [_row(one, world.now) for one in (*in_order,)]
    unread = meant.unread + covers.unread + databases.unread
    return Plan(summary, unread=unread, table=table((*heads, words("Account"), words("Region")), rows))


def _row(one: Cover, now: datetime) -> tuple[str, ...]:
    who = ", ".join(dict.fromkeys(one.by)) or By.NOBODY
    last = f"{one.last:%Y-%m-%d %H:%M}Z" if one.last else "–"
    age = _age(now - one.last) if one.last else "–"
    return one.id, one.name, one.instance, who, last, age, str(one.count), one.place.account, one.place.region


def _age(age: timedelta) -> str:
    hours = int(age.total_seconds() // 3600)
    return f"{hours} h" if hours < 48 else f"{hours // 24} d"


def _volumes(world: World, place: Place, meant: Found[Chosen]) -> Iterator[Cover]:
    mine = {one.id: one for where, one in meant if where == place}
    good: dict[str, list[Snapshot]] = {key: [] for key in mine}
    for one in snapshot.find(world.aws.ec2(place)):
        volume = _volume_of(one)
        if volume in good and is_restorable(one):
            good[volume].append(one)
    for key, chosen in mine.items():
        yield _cover(place, chosen, sorted(good[key], key=lambda one: one.started, reverse=True))


def _cover(place: Place, chosen: Chosen, good: Sequence[Snapshot]) -> Cover:
    attached, last = chosen.volume.instance_id, good[0].started if good else None
    return Cover(place, chosen.id, chosen.name, attached, tuple(map(made_by, good)), last, len(good))


def _volume_of(one: Snapshot) -> str:
    """The volume it was taken of here; a copy says nothing of a volume of this region."""
    return "" if one.tags.get(KIND) == "copy" else one.volume_id


def made_by(one: Snapshot) -> By:
    """Who made a snapshot."""
    if MADE_BY in one.tags:
        return By.TOBAN
    if BY_BACKUP in one.tags or one.description.startswith("This snapshot is created by the AWS Backup"):
        return By.BACKUP
    if BY_LIFECYCLE in one.tags:
        return By.LIFECYCLE
    return By.HAND


def _databases(world: World, place: Place) -> Iterable[Cover]:
    for one in database.find(world.aws.rds(place)):
        by = (By.RDS,) if one.retention_days and one.restorable else ()
        last = one.restorable if by else None
        yield Cover(place, one.id, one.tags.name or one.engine, "", by, last, one.retention_days)


VERB = Verb(
    noun="snapshot",
    name="coverage",
    help=words("Show what could be restored of each volume and database, how old that is, and who made it."),
    args=Args,
    risk=Risk.NONE,
    iam=(
        "ec2:DescribeInstances",
        "ec2:DescribeSnapshots",
        "ec2:DescribeVolumes",
        "rds:DescribeDBInstances",
    ),
    plan=plan,
    examples=("/snapshot coverage", "/snapshot coverage tag:env=prod --within 1d"),
)
