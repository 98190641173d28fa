"""Start databases, instances and clusters; started is what RDS shows as available."""

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
from commands.changes.database_state import BROKEN, GOING
from commands.reading import fields

NAME = "rds.start"
_UNDER_WAY = ("starting", "available")


def step(place: Place, one: Database, *, within: timedelta | None = None) -> Step:
    """Start one database that is stopped."""
    target = databases.resource(place, one)
    return Step(
        key=f"{NAME}/{place.account}/{place.region}/{target.type}/{one.id}",
        action=NAME,
        target=target,
        before=fields(state="stopped"),
        after=fields(state="available"),
        within=within,
    )


def why_left(one: Database) -> Words | None:
    """Why a database is not started; None: it can be."""
    if one.cluster:
        return words("it starts and stops with its cluster {cluster}", cluster=one.cluster)
    if one.state != "stopped":
        return words("it is {state}", state=one.state)
    return None


def call(world: World, batch: Batch) -> Called:
    """StartDBInstance or StartDBCluster."""
    return database_state.asked(world, batch, database.start, _UNDER_WAY)


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """Started is what is available: StartDBInstance answers many minutes before."""
    return database_state.watched(world, place, sent, "available", (*BROKEN, *GOING))


RDS_START = Action(
    name=NAME,
    risk=Risk.CHANGE,
    replay=Replay.REPEATABLE,
    iam=("rds:DescribeEvents", "rds:StartDBCluster", "rds:StartDBInstance", *databases.READS),
    look=database_state.look,
    call=call,
    watch=watch,
    every=timedelta(seconds=15),
    within=timedelta(minutes=30),
    explain=database_state.explain,
    scarce=frozenset({"InsufficientDBInstanceCapacity"}),
)
