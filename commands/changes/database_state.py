"""A database's state as the changes of it declare it, and see it again."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from aws import database
from aws.account import Place
from aws.database import Database
from aws.errors import AwsError, Refused
from bot.command import Batch, Called, Failed, Seen, Sent, Sight, World
from bot.plan import Fields, Step
from bot.refusals import said
from bot.words import Words, words
from commands.databases import CLUSTER
from commands.reading import fields

if TYPE_CHECKING:
    from mypy_boto3_rds import RDSClient

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
    return {key: fields(state=one.state) for key, one in there(world, place, steps).items()}


def of_sent(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Database]:
    """The database of each step that was sent, by the step's key; a key that is missing: it is gone."""
    return there(world, place, [one.step for one in sent])


def there(world: World, place: Place, steps: Sequence[Step]) -> dict[str, Database]:
    """The database of each step, by the step's key; a key that is missing: it is gone.  Raises AwsError."""
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


class Ask(Protocol):
    """RDS's start or stop, of an instance or of a cluster."""

    def __call__(self, rds: "RDSClient", id_: str, /, *, is_cluster: bool) -> str:
        """The request's id.  Raises AwsError."""


def asked(world: World, batch: Batch, ask: Ask, under_way: Collection[str]) -> Called:
    """Ask RDS; what it refuses as under way already, by our own first try for example, is no failure.

    Raises AwsError: the refusal itself when the database is in any other state.
    """
    (step,) = batch.steps
    try:
        return Called(ask(world.aws.rds(batch.place), step.target.id, is_cluster=is_cluster(step)))
    except Refused as error:
        one = there(world, batch.place, [step]).get(step.key) if error.said.code in _WRONG_STATE else None
        if one is None or one.state not in under_way:
            raise
        return Called(error.said.request_id)


def watched(
    world: World, place: Place, sent: Sequence[Sent], wanted: str, never: Collection[str]
) -> Mapping[str, Seen]:
    """How each stands on its way to the wanted state, which from these others it never reaches."""
    return {key: _seen(one.state, wanted, never) for key, one in of_sent(world, place, sent).items()}


def _seen(state: str, wanted: str, never: Collection[str]) -> Seen:
    sight = Sight.REACHED if state == wanted else Sight.FAILED if state in never else Sight.COMING
    return Seen(sight, words("it is {state}", state=state))


def explain(world: World, place: Place, failed: Sequence[Failed]) -> Mapping[str, Words]:
    """What RDS noted of each database lately, or why that cannot be read."""
    noted = {one.step.key: _noted(world, place, one.step) for one in failed}
    return {key: why for key, why in noted.items() if why is not None}


def _noted(world: World, place: Place, step: Step) -> Words | None:
    rds, cluster = world.aws.rds(place), is_cluster(step)
    try:
        found = database.events(rds, step.target.id, is_cluster=cluster, minutes=_LATELY)
    except AwsError as error:
        return words("what RDS noted could not be read: {why}", why=said(error, place.account))
    lines = tuple(
        words("{at} {message}", at=_at(one.at, world), message=one.message.rstrip(".")) for one in found[-3:]
    )
    return words("RDS noted: {events}", events=lines) if lines else None


def _at(moment: datetime, world: World) -> str:
    return f"{moment.astimezone(world.zone):%H:%M:%S}"
