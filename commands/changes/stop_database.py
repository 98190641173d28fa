"""Stop databases, instances and clusters; their storage, endpoints and backups stay.

What cannot be stopped: "Limitations" of "Stopping an Amazon RDS DB instance temporarily" (RDS user guide)
and of "Stopping and starting an Amazon Aurora DB cluster" (Aurora user guide).
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from aws import database
from aws.account import Place
from aws.database import Database
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, World
from bot.plan import Step
from bot.words import Words, words
from commands import databases
from commands.changes import database_state
from commands.changes.database_state import GOING
from commands.reading import fields

NAME = "rds.stop"
STAYS_STOPPED = timedelta(days=7)
"""Then AWS starts it by itself, so that it misses no maintenance (the pages above)."""

_UNDER_WAY = ("stopping", "stopped")


def step(
    place: Place, one: Database, warnings: tuple[Words, ...] = (), *, within: timedelta | None = None
) -> Step:
    """Stop one database that is available."""
    target = databases.resource(place, one)
    return Step(
        key=f"{NAME}/{place.account}/{place.region}/{target.type}/{one.id}",
        action=NAME,
        target=target,
        before=fields(state="available"),
        after=fields(state="stopped"),
        warnings=warnings,
        within=within,
    )


def why_left(one: Database) -> Words | None:
    """Why a database is not stopped; None: it can be."""
    if one.cluster:
        return words("it starts and stops with its cluster {cluster}", cluster=one.cluster)
    if one.state != "available":
        return words("it is {state}", state=one.state)
    return _why_not_at_all(one)


def _why_not_at_all(one: Database) -> Words | None:
    if one.source:
        return words("it is a read replica of {source}: RDS cannot stop it", source=one.source)
    if one.replicas:
        said = ", ".join(one.replicas)
        return words("it has read replicas ({replicas}): RDS cannot stop it", replicas=said)
    if one.multi_az and one.engine.startswith("sqlserver"):
        return words("SQL Server in several zones: RDS cannot stop it")
    if one.mode == "serverless":
        return words("Aurora Serverless v1 pauses by itself: RDS cannot stop it")
    return None


def call(world: World, batch: Batch) -> Called:
    """StopDBInstance or StopDBCluster."""
    return database_state.asked(world, batch, database.stop, _UNDER_WAY)


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """Stopped is what RDS shows as stopped."""
    return database_state.watched(world, place, sent, "stopped", GOING)


RDS_STOP = Action(
    name=NAME,
    risk=Risk.CHANGE,
    replay=Replay.REPEATABLE,
    iam=("rds:DescribeEvents", "rds:StopDBCluster", "rds:StopDBInstance", *databases.READS),
    look=database_state.look,
    call=call,
    watch=watch,
    every=timedelta(seconds=15),
    within=timedelta(minutes=30),
    explain=database_state.explain,
)
