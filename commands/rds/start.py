"""Start databases, and see them through until they are available."""

from bot.command import Risk, Verb, World
from bot.plan import Plan
from bot.words import plural, words
from commands import databases
from commands.changes import start_database
from commands.changes.start_database import RDS_START
from commands.rds._databases import Args, split


def plan(args: Args, world: World) -> Plan:
    """One step for each database that is stopped; the others are left, with the reason."""
    found = databases.find(world, args.targets, args.account, args.region)
    steps, left = split(found, args.within, start_database.step, start_database.why_left)
    summary = plural(
        "start {count} of {n} database", "start {count} of {n} databases", len(found), count=len(steps)
    )
    return Plan(summary, steps, left, found.unread)


VERB = Verb(
    noun="rds",
    name="start",
    help=words("Start databases and clusters, and see them through until they are available."),
    args=Args,
    risk=Risk.CHANGE,
    iam=databases.READS,
    plan=plan,
    examples=("/rds start shop-test", "/rds start tag:env=dev --within 45m"),
    actions=(RDS_START,),
)
