"""Bring what keeps office hours to the state that should hold now; what a schedule asks when they change."""

from dataclasses import dataclass, replace

from aws import instance
from aws.account import Place
from aws.database import Database
from aws.instance import Instance
from bot.arguments import Kind, arg, emergency_arg
from bot.command import Risk, Verb, World
from bot.hours import is_open
from bot.plan import Plan, Unread
from bot.targets import Targets
from bot.words import Words, plural, words
from commands import databases, instances
from commands.calendars import TAG
from commands.changes.start_database import RDS_START
from commands.changes.start_instances import START
from commands.changes.stop_database import RDS_STOP
from commands.changes.stop_instances import STOP
from commands.power import hours, overrides
from commands.power.hours import Rules
from commands.reading import NO_TARGETS, Found, accounts_arg, everywhere, fits, places, regions_arg

EVERYTHING = Targets(everything=True)


@dataclass(frozen=True, slots=True)
class Args:
    """What /ec2 hours is told."""

    calendar: str = arg(Kind.CALENDAR, words("whose hours"), option=False, required=True)
    targets: Targets = arg(
        Kind.TARGETS,
        words("only these, instances also without the tag; else all that carry it"),
        default=NO_TARGETS,
        option=False,
        prefixes=("i-",),
    )
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()
    emergency: str = emergency_arg()


def plan(args: Args, world: World) -> Plan:
    """A step for each instance and database that keeps these hours and is not as they want it now."""
    open_now = is_open(world.hours[args.calendar], world.now)
    kept = overrides.by_resource(world.ledger.held(), world.now)
    rules = Rules({args.calendar: open_now}, tuple(world.hours), kept)
    machines, stores = _instances(args, world), _databases(args, world)
    named = args.calendar if args.targets not in (NO_TARGETS, EVERYTHING) else ""
    decided = hours.of_instances(machines, replace(rules, untagged=named)) + hours.of_databases(stores, rules)
    notes = tuple(_not_looked_at(one) for one in stores.unread)
    found = len(decided.steps) + len(decided.left)
    summary = _summary(args.calendar, len(decided.steps), found, open_now=open_now)
    return Plan(summary, decided.steps, decided.left, machines.unread, notes)


def _instances(args: Args, world: World) -> Found[Instance]:
    """What carries the tag; one listing for each place, in which EC2 leaves out all others."""
    if args.targets not in (NO_TARGETS, EVERYTHING):
        return instances.find(world, args.targets, args.account, args.region)
    meant = places(world, args.account, args.region)
    return everywhere(meant, lambda place: instance.find(world.aws.ec2(place), tags=[(TAG, "")]))


def _databases(args: Args, world: World) -> Found[Database]:
    """Databases that are meant; none where only instances are named."""
    targets = args.targets
    if targets.ids and not (targets.names or targets.tags):
        return Found((), ())
    meant = places(world, args.account, args.region)
    every = everywhere(meant, lambda place: databases.in_place(world, place))
    return Found(tuple(found for found in every if _is_meant(targets, found)), every.unread)


def _is_meant(targets: Targets, found: tuple[Place, Database]) -> bool:
    _, one = found
    return TAG in one.tags and fits(targets, (one.id,), one.tags)


def _summary(calendar: str, count: int, found: int, *, open_now: bool) -> Words:
    if open_now:
        return plural(
            "{calendar} is within its hours: start {count} of {n} that keeps them",
            "{calendar} is within its hours: start {count} of {n} that keep them",
            found,
            calendar=calendar,
            count=count,
        )
    return plural(
        "{calendar} is outside its hours: stop {count} of {n} that keeps them",
        "{calendar} is outside its hours: stop {count} of {n} that keep them",
        found,
        calendar=calendar,
        count=count,
    )


def _not_looked_at(one: Unread) -> Words:
    return words(
        "could not look at the databases of {account} in {region}: {why}",
        account=one.place.account,
        region=one.place.region,
        why=one.why,
    )


VERB = Verb(
    noun="ec2",
    name="hours",
    help=words("Start or stop what carries the tag toban:hours, as its office hours want it now."),
    args=Args,
    risk=Risk.CHANGE,
    iam=("ec2:DescribeInstances", *databases.READS),
    plan=plan,
    examples=("/ec2 hours office-tokyo", "/ec2 hours office-tokyo tag:env=dev --account dev"),
    actions=(START, STOP, RDS_START, RDS_STOP),
)
