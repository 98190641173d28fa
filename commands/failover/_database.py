"""A database failed over, as a block of a drill: an instance to its standby, a cluster to one of its readers.

What it costs users is AWS's own word: "Failing over a Multi-AZ DB instance for Amazon RDS" (60 to 120 s),
"Failing over a Multi-AZ DB cluster for Amazon RDS" (under 35 s), and "High availability for Amazon Aurora"
(often 30 s, typically less than 60 s).
"""

from collections.abc import Iterable, Mapping

from aws import database
from aws.account import Place
from aws.database import Database
from bot.arguments import UsageError
from bot.command import World
from bot.drill import Watched
from bot.words import Words, words
from commands.changes import fail_over_cluster, fail_over_database
from commands.changes.fail_over_cluster import FAIL_OVER_CLUSTER
from commands.changes.fail_over_database import FAIL_OVER_DATABASE
from commands.failover._block import Block

KIND, CLUSTER = "database", "cluster"
ACTIONS = (FAIL_OVER_DATABASE, FAIL_OVER_CLUSTER)
READS = ("rds:DescribeDBClusters", "rds:DescribeDBInstances")


def block(world: World, place: Place, one: Database, to: str = "") -> Block:
    """Fail one database over; a cluster to the reader `to`, or to the best.  Raises UsageError, AwsError."""
    if one.is_cluster:
        return _of_cluster(world, place, one, to)
    if to:
        raise UsageError(words("{id} is no cluster: its standby takes over, without a choice.", id=one.id))
    refuse(one, fail_over_database.why_not(one))
    return of_instance(place, one)


def of_instance(place: Place, one: Database) -> Block:
    """Fail over an instance that can be."""
    return Block(
        (fail_over_database.failing_over(place, one),),
        (Watched(place.account, place.region, KIND, one.id),),
        (expected(one),),
    )


def refuse(one: Database, why: Words | None) -> None:
    """Raise UsageError with the reason, if there is one."""
    if why is not None:
        raise UsageError(words("{id} cannot be failed over: {why}.", id=one.id, why=why))


def _of_cluster(world: World, place: Place, one: Database, to: str) -> Block:
    refuse(one, fail_over_cluster.why_not(one))
    found = database.find(world.aws.rds(place), ids=one.members)
    members = {each.id: each for each in found}
    reader = _named(one, members, to) if to else best(one, members)
    watched = [Watched(place.account, place.region, CLUSTER, one.id)]
    watched += [Watched(place.account, place.region, KIND, each) for each in (one.writer, reader.id)]
    step = fail_over_cluster.failing_over(place, one, reader.id)
    return Block((step,), tuple(watched), (expected(one), _chosen(one, reader, members)))


def best(one: Database, members: Mapping[str, Database]) -> Database:
    """The reader to promote: available, in another zone than the writer if there is one, first by name.

    Raises UsageError when no reader is available.
    """
    writer = members.get(one.writer)
    fit = sorted(_readers(one, members.values()), key=lambda each: (_beside(each, writer), each.id))
    if not fit:
        raise UsageError(words("{id} cannot be failed over: no reader of it is available.", id=one.id))
    return fit[0]


def _named(one: Database, members: Mapping[str, Database], to: str) -> Database:
    readers = {each.id: each for each in _readers(one, members.values())}
    if to not in readers:
        known = ", ".join(sorted(readers)) or "–"
        raise UsageError(
            words(
                "{to} is no reader of {id} that is available. Choose from {known}.",
                to=to,
                id=one.id,
                known=known,
            )
        )
    return readers[to]


def _readers(one: Database, members: Iterable[Database]) -> list[Database]:
    return [each for each in members if each.id != one.writer and each.state == "available"]


def _beside(each: Database, writer: Database | None) -> bool:
    """Whether it shares the writer's zone."""
    return writer is not None and each.zone == writer.zone


def _chosen(one: Database, reader: Database, members: Mapping[str, Database]) -> Words:
    writer = members.get(one.writer)
    return words(
        "{reader} ({zone}) becomes the writer instead of {writer} ({home})",
        reader=reader.id,
        zone=reader.zone,
        writer=one.writer,
        home=writer.zone if writer else "–",
    )


def expected(one: Database) -> Words:
    """How long AWS says that writes fail meanwhile."""
    if one.is_cluster and one.engine.startswith("aurora"):
        return words(
            "expect writes to {id} to fail for 30 to 60 s, says “High availability for Amazon Aurora”; what"
            " keeps its connections or caches DNS takes longer",
            id=one.id,
        )
    if one.is_cluster:
        return words(
            "expect writes to {id} to fail for up to 35 s, says “Failing over a Multi-AZ DB cluster for"
            " Amazon RDS”; what keeps its connections or caches DNS takes longer",
            id=one.id,
        )
    return words(
        "expect {id} to be away for 60 to 120 s, says “Failing over a Multi-AZ DB instance for Amazon RDS”;"
        " what keeps its connections or caches DNS takes longer",
        id=one.id,
    )
