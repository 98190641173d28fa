"""Stop databases again that toban stopped and AWS started: a database stays stopped for seven days at most.

Whether AWS did it is told by RDS's own events (RDS-EVENT-0154 and RDS-EVENT-0153 of "Amazon RDS event
categories and event messages").  One that somebody started, by toban or without it, stays up.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from aws import database
from aws.account import Place
from aws.database import Database, Happening
from bot.arguments import Kind, arg, emergency_arg
from bot.brief import Change
from bot.command import Risk, Verb, World
from bot.plan import Left, Plan, Step
from bot.targets import Targets
from bot.words import Words, plural, words
from commands import databases
from commands.changes import stop_database
from commands.changes.stop_database import RDS_STOP
from commands.reading import NO_TARGETS, accounts_arg, everywhere, regions_arg

BY_AWS = "exceeding the maximum allowed time being stopped"
"""What RDS's event says of a start of its own."""


@dataclass(frozen=True, slots=True)
class Args:
    """What /rds again is told."""

    targets: Targets = arg(
        Kind.TARGETS, words("which databases and clusters; else all"), default=NO_TARGETS, option=False
    )
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()
    emergency: str = emergency_arg()


def plan(args: Args, world: World) -> Plan:
    """One step for each database that toban stopped last and AWS started since."""
    found = databases.find(world, args.targets, args.account, args.region)
    stopped = [(place, one, change) for place, one in found if (change := _stopped(world, place, one))]
    looked = everywhere({place for place, _, _ in stopped}, lambda place: _judge(world, place, stopped))
    steps = tuple(one for _, one in looked if isinstance(one, Step))
    left = tuple(one for _, one in looked if isinstance(one, Left))
    summary = plural(
        "stop {n} database again that AWS started after seven days",
        "stop {n} databases again that AWS started after seven days",
        len(steps),
    )
    return Plan(summary, steps, left, found.unread + looked.unread)


def _stopped(world: World, place: Place, one: Database) -> Change | None:
    """What toban did to a database last, when that was to stop it, and it runs."""
    if one.cluster or one.state == "stopped":
        return None
    change = world.ledger.last_change(place.account, place.region, one.id)
    return change if change is not None and change.action == stop_database.NAME else None


def _judge(
    world: World, place: Place, stopped: Sequence[tuple[Place, Database, Change]]
) -> Iterable[Step | Left]:
    for where, one, change in stopped:
        if where == place:
            since = max(world.now - change.when, timedelta()) + timedelta(minutes=1)
            noted = database.events(
                world.aws.rds(place),
                one.id,
                is_cluster=one.is_cluster,
                minutes=int(since.total_seconds() // 60),
            )
            why = why_left(one, noted, change.when)
            yield Left(databases.resource(place, one), why) if why else stop_database.step(place, one)


def why_left(one: Database, noted: Sequence[Happening], stopped: datetime) -> Words | None:
    """Why a database that toban stopped, and that runs, is left alone; None: AWS started it.  Pure."""
    if not any(BY_AWS in each.message for each in noted if each.at > stopped):
        return words("somebody started it without toban since it was stopped: it stays up")
    return stop_database.why_left(one)


VERB = Verb(
    noun="rds",
    name="again",
    help=words(
        "Stop databases again that toban stopped and AWS started after seven days; meant for a schedule."
    ),
    args=Args,
    risk=Risk.CHANGE,
    iam=("rds:DescribeEvents", *databases.READS),
    plan=plan,
    examples=("/rds again", "/rds again tag:env=dev"),
    actions=(RDS_STOP,),
)
