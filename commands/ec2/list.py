"""List EC2 instances, with their office hours and what is planned for them."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.arguments import Kind, arg
from bot.brief import Held
from bot.command import Risk, Verb, World
from bot.plan import Plan
from bot.targets import Targets
from bot.words import plural, words
from commands import instances
from commands.calendars import calendar_of
from commands.power import overrides
from commands.reading import NO_TARGETS, accounts_arg, regions_arg, table


@dataclass(frozen=True, slots=True)
class Args:
    """What /ec2 list is told."""

    targets: Targets = arg(
        Kind.TARGETS, words("which instances"), default=NO_TARGETS, option=False, prefixes=("i-",)
    )
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()


def plan(args: Args, world: World) -> Plan:
    """One row for each instance; nothing changes."""
    found = instances.find(world, args.targets, args.account, args.region)
    heads = (
        words("Name"),
        words("Instance"),
        words("State"),
        words("Type"),
        words("Zone"),
        words("Account"),
        words("Office hours"),
        words("Planned"),
    )
    held = overrides.by_resource(world.ledger.held(), world.now)
    rows = [
        (
            *(one.name, one.id, one.state, one.type, one.zone, place.account, calendar_of(one.tags)),
            _planned(held.get((place.account, place.region, one.id)), world.zone),
        )
        for place, one in sorted(found, key=lambda pair: (pair[0], pair[1].name, pair[1].id))
    ]
    running = sum(one.state == "running" for _, one in found)
    summary = plural(
        "{n} instance, {running} of them running",
        "{n} instances, {running} of them running",
        len(rows),
        running=running,
    )
    return Plan(summary, unread=found.unread, table=table(heads, rows))


def _planned(one: Held | None, zone: ZoneInfo) -> str:
    """What waits for its moment, in a column: ``ec2.stop 11-21 22:00 #12``, in the team's zone."""
    return f"{one.action} {one.until.astimezone(zone):%m-%d %H:%M} #{one.number}" if one else ""


VERB = Verb(
    noun="ec2",
    name="list",
    help=words("List EC2 instances with their state, office hours and what is planned for them."),
    args=Args,
    risk=Risk.NONE,
    iam=("ec2:DescribeInstances",),
    plan=plan,
    examples=("/ec2 list", "/ec2 list tag:env=dev", "/ec2 list name:web-* --region ap-northeast-1"),
)
