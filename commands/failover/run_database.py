"""A failure test: a database fails over to its standby, or a cluster to one of its readers."""

from dataclasses import dataclass

from aws.account import Place
from aws.database import Database
from bot.arguments import Kind, UsageError, arg
from bot.command import Risk, Verb, World
from bot.plan import Plan
from bot.targets import Targets
from bot.words import words
from commands import databases
from commands.failover import _database, _drill
from commands.failover._options import Options


@dataclass(frozen=True, slots=True)
class Args(Options):
    """What /failover run database is told."""

    database: str = arg(
        Kind.WORD, words("which database or cluster, by its identifier"), option=False, required=True
    )
    to: str = arg(Kind.WORD, words("the reader of a cluster that becomes its writer"), default="")


def plan(args: Args, world: World) -> Plan:
    """The database fails over once, in a drill."""
    place, one = _meant(args, world)
    block = _database.block(world, place, one, args.to)
    summary = words("a failure test: fail over the database {id}", id=one.id)
    return _drill.assemble(world, place, args, "database", one.id, summary, block)


def _meant(args: Args, world: World) -> tuple[Place, Database]:
    """The one database of that name.  Raises UsageError when there is none, or several."""
    found = databases.find(world, Targets(ids=(args.database,)), args.account, args.region)
    if found.unread and not found.items:
        raise UsageError(
            words("{id} may be where nobody could look: {why}", id=args.database, why=found.unread[0].why)
        )
    if len(found) > 1:
        known = ", ".join(f"{place.account}/{place.region}" for place, _ in found)
        raise UsageError(
            words(
                "{id} is in several places: {known}. Say --account or --region.",
                id=args.database,
                known=known,
            )
        )
    return found.items[0]


VERB = Verb(
    noun="failover",
    name="run-database",
    help=words("Test a failure: a database fails over to its standby, or a cluster to a reader."),
    args=Args,
    risk=Risk.CHANGE,
    iam=(*_drill.READS, *databases.READS),
    plan=plan,
    examples=("/failover run database shop-db --probe shop", "/failover run database orders --to orders-2"),
    actions=(*_drill.ACTIONS, *_database.ACTIONS),
)
