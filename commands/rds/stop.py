"""Stop databases; their storage, endpoints and backups stay."""

from bot.command import Risk, Verb, World
from bot.plan import Plan
from bot.words import Words, plural, words
from commands import databases
from commands.changes import stop_database
from commands.changes.stop_database import RDS_STOP, STAYS_STOPPED
from commands.rds._databases import Args, split


def plan(args: Args, world: World) -> Plan:
    """One step for each database that is available; the others are left, with the reason."""
    found = databases.find(world, args.targets, args.account, args.region)
    steps, left = split(found, args.within, stop_database.step, stop_database.why_left)
    summary = plural(
        "stop {count} of {n} database", "stop {count} of {n} databases", len(found), count=len(steps)
    )
    return Plan(summary, steps, left, found.unread, notes=(_comes_back(world),) if steps else ())


def _comes_back(world: World) -> Words:
    return words(
        "AWS starts a stopped database again by itself after 7 days, here on {day};"
        " `/rds again` as a schedule stops it again. Storage and backups are paid for meanwhile.",
        day=f"{(world.now + STAYS_STOPPED).astimezone(world.zone):%Y-%m-%d %H:%M}",
    )


VERB = Verb(
    noun="rds",
    name="stop",
    help=words("Stop databases and clusters; their storage, endpoints and backups stay."),
    args=Args,
    risk=Risk.CHANGE,
    iam=databases.READS,
    plan=plan,
    examples=("/rds stop shop-test", "/rds stop tag:env=dev --account dev"),
    actions=(RDS_STOP,),
)
