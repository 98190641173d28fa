"""Fail a Multi-AZ database over: its standby, in another zone, becomes the primary.

toban dies before the call is committed: nothing happened.  After that, until its answer is: it is not called
again, since that would bring the primary back; the step ends as unknown.  Later: the wait is a row, and RDS
carries the failover through whoever looks.  There is no way back but to do it again.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from aws import database, database_events
from aws.account import Place
from aws.database import Database, Happening
from aws.database_events import Course, Stage
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.plan import Fields, Step
from bot.words import Words, words
from commands import databases
from commands.changes import database_state
from commands.changes.database_state import BROKEN, GOING
from commands.reading import fields

NAME = "failover.fail-over-database"


def failing_over(
    place: Place, one: Database, *, needs: tuple[str, ...] = (), warnings: tuple[Words, ...] = ()
) -> Step:
    """Fail one database over that is available in several zones."""
    return Step(
        key=f"{NAME}/{place.account}/{place.region}/{one.id}",
        action=NAME,
        target=databases.resource(place, one),
        before=_fields(one),
        after=fields(failover="completed"),
        needs=needs,
        warnings=(*warnings, _stays(one)),
    )


def why_not(one: Database) -> Words | None:
    """Why a database cannot be failed over; None: it can be."""
    if one.cluster:
        return words("it is a member of the cluster {cluster}: fail that over", cluster=one.cluster)
    if one.source:
        return words("it is a read replica of {source}", source=one.source)
    if not one.multi_az:
        return words("it is in one zone only ({zone}): there is no standby", zone=one.zone)
    if one.state != "available":
        return words("it is {state}", state=one.state)
    return None


def _stays(one: Database) -> Words:
    """What is not undone."""
    return words(
        "there is no way back: its primary stays in {zone}; `/failover run database {id}` once more brings it"
        " home to {home}",
        zone=one.standby_zone or words("the other zone"),
        id=one.id,
        home=one.zone or "–",
    )


def _fields(one: Database) -> Fields:
    return fields(multi_az="yes" if one.multi_az else "no", state=one.state, zone=one.zone)


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """In which zone each primary is, and whether it can be failed over."""
    return {key: _fields(one) for key, one in database_state.there(world, place, steps).items()}


def call(world: World, batch: Batch) -> Called:
    """RebootDBInstance by way of the standby; when that was, by RDS's clock, is kept as what came of it."""
    (step,) = batch.steps
    done = database.fail_over(world.aws.rds_once(batch.place), step.target.id, otherwise=world.now)
    return Called(done.request_id, {step.key: done.at.isoformat()})


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """Over is what RDS has noted as completed since the call, and shows as available."""
    there = database_state.of_sent(world, place, sent)
    return {
        one.step.key: judged(course_of(world, place, one), there[one.step.key].state, world)
        for one in sent
        if one.step.key in there
    }


def course_of(world: World, place: Place, one: Sent) -> Course:
    """How far a failover is that was asked for, by RDS's events.  Raises AwsError."""
    noted = database_events.since(
        world.aws.rds(place),
        one.step.target.id,
        datetime.fromisoformat(one.result),
        is_cluster=database_state.is_cluster(one.step),
        now=world.now,
    )
    return database_events.course(noted)


def judged(course: Course, state: str, world: World) -> Seen:
    """How it stands by RDS's events and the state that RDS shows."""
    if state in (*BROKEN, *GOING) or course.stage is Stage.FAILED:
        return Seen(Sight.FAILED, _shows(course.last, state, world))
    over = course.stage is Stage.COMPLETED and state == "available"
    return Seen(Sight.REACHED if over else Sight.COMING, _shows(course.last, state, world))


def _shows(last: Happening | None, state: str, world: World) -> Words:
    if last is None:
        return words("it is {state}, and RDS has noted nothing of the failover yet", state=state)
    at = f"{last.at.astimezone(world.zone):%H:%M:%S}"
    return words(
        "it is {state}; RDS noted at {at}: {event}", state=state, at=at, event=last.message.rstrip(".")
    )


FAIL_OVER_DATABASE = Action(
    name=NAME,
    risk=Risk.CHANGE,
    replay=Replay.AT_MOST_ONCE,
    iam=("rds:DescribeDBInstances", "rds:DescribeEvents", "rds:RebootDBInstance"),
    look=look,
    call=call,
    watch=watch,
    within=timedelta(minutes=15),
    explain=database_state.explain,
)
