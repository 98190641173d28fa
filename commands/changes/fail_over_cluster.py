"""Fail a cluster over, of Aurora or Multi-AZ: one of its readers becomes the writer.

toban dies before the call is committed: nothing happened.  After that, until its answer is: it is not called
again, and the step ends as unknown.  Later: the wait is a row, and RDS carries it through whoever looks.
There is no way back but to fail over to the old writer.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from aws import database
from aws.account import Place
from aws.database import Database
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.plan import Fields, Step
from bot.words import Words, words
from commands import databases
from commands.changes import database_state
from commands.changes.fail_over_database import course_of, judged
from commands.reading import fields

NAME = "failover.fail-over-cluster"


def failing_over(
    place: Place,
    one: Database,
    reader: str,
    *,
    needs: tuple[str, ...] = (),
    warnings: tuple[Words, ...] = (),
) -> Step:
    """Let this reader of an available cluster become its writer."""
    return Step(
        key=f"{NAME}/{place.account}/{place.region}/{one.id}",
        action=NAME,
        target=databases.resource(place, one),
        before=_fields(one),
        after=fields(writer=reader),
        inputs=fields(reader=reader),
        needs=needs,
        warnings=(*warnings, _stays(one, reader)),
    )


def why_not(one: Database) -> Words | None:
    """Why a cluster cannot be failed over, whichever reader is meant; None: it can be."""
    if one.state != "available":
        return words("it is {state}", state=one.state)
    if not one.writer or len(one.members) < 2:
        return words("it has no reader: nothing can take over")
    return None


def _stays(one: Database, reader: str) -> Words:
    return words(
        "there is no way back: {reader} stays the writer; `/failover run database {id} --to {writer}` makes"
        " {writer} the writer again",
        reader=reader,
        id=one.id,
        writer=one.writer,
    )


def _fields(one: Database) -> Fields:
    return fields(state=one.state, writer=one.writer)


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """Who writes in each cluster now, and whether it is available."""
    return {key: _fields(one) for key, one in database_state.there(world, place, steps).items()}


def call(world: World, batch: Batch) -> Called:
    """FailoverDBCluster to the reader; when that was, by RDS's clock, is kept as what came of it."""
    (step,) = batch.steps
    reader = dict(step.inputs)["reader"]
    rds = world.aws.rds_once(batch.place)
    done = database.fail_over_cluster(rds, step.target.id, reader, otherwise=world.now)
    return Called(done.request_id, {step.key: done.at.isoformat()})


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """Over is what RDS has noted as completed since the call, and shows as available."""
    there = database_state.of_sent(world, place, sent)
    return {
        one.step.key: _seen(world, place, one, there[one.step.key]) for one in sent if one.step.key in there
    }


def _seen(world: World, place: Place, one: Sent, now: Database) -> Seen:
    course, wanted = course_of(world, place, one), dict(one.step.inputs)["reader"]
    if course.promoted and course.promoted != wanted:
        return Seen(Sight.FAILED, words("RDS made {promoted} the writer instead", promoted=course.promoted))
    return judged(course, now.state, world)


FAIL_OVER_CLUSTER = Action(
    name=NAME,
    risk=Risk.CHANGE,
    replay=Replay.AT_MOST_ONCE,
    iam=("rds:DescribeDBClusters", "rds:DescribeEvents", "rds:FailoverDBCluster"),
    look=look,
    call=call,
    watch=watch,
    within=timedelta(minutes=15),
    explain=database_state.explain,
)
