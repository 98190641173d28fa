"""List databases, instances and clusters."""

from collections.abc import Sequence
from dataclasses import dataclass

from aws.account import Place
from aws.database import Database
from bot.arguments import Kind, arg
from bot.brief import Held
from bot.command import Risk, Verb, World
from bot.plan import Plan
from bot.targets import Targets
from bot.words import plural, words
from commands import databases
from commands.reading import NO_TARGETS, accounts_arg, regions_arg, table


@dataclass(frozen=True, slots=True)
class Args:
    """What /rds list is told."""

    targets: Targets = arg(
        Kind.TARGETS, words("which databases and clusters"), default=NO_TARGETS, option=False
    )
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()


def plan(args: Args, world: World) -> Plan:
    """One row for each database; nothing changes."""
    found = databases.find(world, args.targets, args.account, args.region)
    held = world.ledger.held()
    heads = (
        words("Database"),
        words("State"),
        words("Engine"),
        words("Type"),
        words("Zone"),
        words("Cluster"),
        words("Account"),
        words("Until"),
    )
    rows = [_row(place, one, held, world) for place, one in sorted(found, key=_order)]
    up = sum(one.state == "available" for _, one in found)
    summary = plural(
        "{n} database, {up} of them available", "{n} databases, {up} of them available", len(rows), up=up
    )
    return Plan(summary, unread=found.unread, table=table(heads, rows))


def _order(found: tuple[Place, Database]) -> tuple[Place, str, bool]:
    """A cluster before its members."""
    place, one = found
    return place, one.cluster or one.id, not one.is_cluster


def _row(place: Place, one: Database, held: Sequence[Held], world: World) -> tuple[str, ...]:
    where = f"{one.zone} Multi-AZ" if one.multi_az else one.zone
    until = [
        f"{each.until.astimezone(world.zone):%m-%d %H:%M} #{each.number}"
        for each in held
        if (each.account, each.region, each.resource) == (place.account, place.region, one.id)
    ]
    return (
        one.id,
        one.state,
        one.engine,
        one.type,
        where.strip(),
        one.cluster,
        place.account,
        " ".join(until[:1]),
    )


VERB = Verb(
    noun="rds",
    name="list",
    help=words("List databases and clusters with their state."),
    args=Args,
    risk=Risk.NONE,
    iam=databases.READS,
    plan=plan,
    examples=("/rds list", "/rds list tag:env=dev", "/rds list name:shop-* --region ap-northeast-1"),
)
