"""List our own images, of what they were made, and who would launch them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from aws import image, instance
from aws.account import Place
from aws.image import Image
from bot.arguments import Kind, arg
from bot.command import Risk, Verb, World
from bot.plan import Plan
from bot.targets import Targets
from bot.words import plural, words
from commands.generations.image_users import READS, holders_of
from commands.generations.tags import INSTANCE, MADE_BY
from commands.reading import NO_TARGETS, accounts_arg, all_named, everywhere, places, regions_arg, table


@dataclass(frozen=True, slots=True)
class Args:
    """What /ami list is told."""

    targets: Targets = arg(
        Kind.TARGETS,
        words("images, or the instances toban made them of; names and tags are the images'"),
        default=NO_TARGETS,
        option=False,
        prefixes=("ami-", "i-"),
    )
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()


@dataclass(frozen=True, slots=True)
class Row:
    """An image, and what uses it."""

    image: Image
    users: tuple[str, ...]


def plan(args: Args, world: World) -> Plan:
    """One row for each image, the newest first; nothing changes."""
    meant = places(world, args.account, args.region)
    found = everywhere(meant, lambda place: _in(world, place, args.targets))
    all_named(args.targets, _named(row.image for _, row in found), found.unread)
    heads = (
        words("Image"),
        words("Name"),
        words("State"),
        words("Instance"),
        words("Age"),
        words("GiB"),
        words("Used by"),
        words("By"),
        words("Account"),
    )
    newest_first = sorted(found, key=lambda pair: pair[1].image.created, reverse=True)
    rows = [_row(place, one, world) for place, one in newest_first]
    summary = plural("{n} image", "{n} images", len(rows))
    return Plan(summary, unread=found.unread, table=table(heads, rows))


def _named(found: Iterable[Image]) -> Iterator[str]:
    for one in found:
        yield from (one.id, one.tags.get(INSTANCE, ""))


def _row(place: Place, row: Row, world: World) -> tuple[str, ...]:
    one, made_by = row.image, row.image.tags.get(MADE_BY, "")
    return (
        one.id,
        one.name,
        one.state,
        one.tags.get(INSTANCE, ""),
        _age(world.now - one.created),
        str(one.size_gib),
        ", ".join(row.users),
        f"toban #{made_by}" if made_by else "",
        place.account,
    )


def _age(span: timedelta) -> str:
    return f"{span.days}d" if span.days else f"{max(span.seconds, 0) // 3600}h"


def _in(world: World, place: Place, targets: Targets) -> list[Row]:
    found = list(_images(world, place, targets))
    ids = [one.id for one in found]
    holders, running = holders_of(world, place, ids), _running(world, place, ids)
    return [
        Row(one, (*(name for names in holders.get(one.id, ()) for name in names), *running.get(one.id, ())))
        for one in found
    ]


def _images(world: World, place: Place, targets: Targets) -> Iterator[Image]:
    ec2 = world.aws.ec2(place)
    ids = [wanted for wanted in targets.ids if wanted.startswith("ami-")]
    instances = [wanted for wanted in targets.ids if wanted.startswith("i-")]
    if ids:
        yield from image.find(ec2, ids=ids)
    if instances:
        yield from image.find(ec2, tags=[(INSTANCE, one) for one in instances])
    if not targets.ids or targets.names or targets.tags:
        yield from image.find(ec2, names=targets.names, tags=targets.tags)


def _running(world: World, place: Place, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The instances that were launched from each of these images and are not gone."""
    users: dict[str, tuple[str, ...]] = {}
    if ids:
        for one in instance.find(world.aws.ec2(place), image_ids=ids):
            if one.state != "terminated":
                users[one.image_id] = (*users.get(one.image_id, ()), one.id)
    return users


VERB = Verb(
    noun="ami",
    name="list",
    help=words("List our own machine images, with what they were made of and what would launch them."),
    args=Args,
    risk=Risk.NONE,
    iam=("ec2:DescribeInstances", *READS),
    plan=plan,
    examples=("/ami list", "/ami list i-0123456789abcdef0"),
)
