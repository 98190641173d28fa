"""A database's state as the changes of it declare it, and see it again."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from aws import database
from aws.account import Place
from aws.database import Database
from aws.errors import AwsError, Refused
from bot.command import Called, Failed, Sent, World
from bot.plan import Fields, Step
from bot.words import Words, words
from commands.databases import CLUSTER
from commands.reading import fields

BROKEN = (
    "failed",
    "inaccessible-encryption-credentials",
    "inaccessible-encryption-credentials-recoverable",
    "incompatible-credentials",
    "incompatible-network",
    "incompatible-option-group",
    "incompatible-parameters",
    "incompatible-restore",
    "insufficient-capacity",
    "restore-error",
    "storage-full",
)
"""States that a database does not leave by itself.  Source: "Viewing Amazon RDS DB instance status"."""

GOING = ("deleting", "deleted")
_WRONG_STATE = {"InvalidDBInstanceState", "InvalidDBClusterStateFault"}
_LATELY = 60  # minutes of events that an explanation reads


def is_cluster(step: Step) -> bool:
    """Whether a step's target is a cluster."""
    return step.target.type == CLUSTER


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """The state of each step's database now; one Describe for the instances, one for the clusters."""
    return {key: fields(state=one.state) for key, one in _there(world, place, steps).items()}


def of_sent(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Database]:
    """The database of each step that was sent, by the step's key; a key that is missing: it is gone."""
    return _there(world, place, [one.step for one in sent])


def _there(world: World, place: Place, steps: Sequence[Step]) -> dict[str, Database]:
    rds = world.aws.rds(place)
    found: dict[tuple[bool, str], Database] = {}
    for clusters, find in ((False, database.find), (True, database.clusters)):
        ids = [step.target.id for step in steps if is_cluster(step) is clusters]
        found |= {(clusters, one.id): one for one in find(rds, ids=ids)} if ids else {}
    return {
        step.key: found[is_cluster(step), step.target.id]
        for step in steps
        if (is_cluster(step), step.target.id) in found
    }


def unless_under_way(
    world: World, place: Place, step: Step, error: Refused, under_way: tuple[str, ...]
) -> Called:
    """RDS refuses what is under way already, by our own first try for example: that is no failure.

    Raises the refusal itself when the database is in any other state.
    """
    if error.said.code in _WRONG_STATE:
        one = _there(world, place, [step]).get(step.key)
        if one is not None and one.state in under_way:
            return Called(error.said.request_id)
    raise error


def explain(world: World, place: Place, failed: Sequence[Failed]) -> Mapping[str, Words]:
    """What RDS noted of each database lately; one whose events cannot be read is left out."""
    said = {one.step.key: _noted(world, place, one.step) for one in failed}
    return {key: why for key, why in said.items() if why is not None}


def _noted(world: World, place: Place, step: Step) -> Words | None:
    rds, cluster = world.aws.rds(place), is_cluster(step)
    try:
        found = database.events(rds, step.target.id, is_cluster=cluster, minutes=_LATELY)
    except AwsError:
        return None
    lines = tuple(
        words("{at} {message}", at=_at(one.at, world), message=one.message.rstrip(".")) for one in found[-3:]
    )
    return words("RDS noted: {events}", events=lines) if lines else None


def _at(moment: datetime, world: World) -> str:
    return f"{moment.astimezone(world.zone):%H:%M:%S}"
