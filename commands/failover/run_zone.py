"""Test a failure: a zone is cut off, with all that is there, and put back exactly."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.arguments import Kind, arg
from bot.command import Risk, Verb, World
from bot.plan import Plan
from bot.words import words
from commands.failover import _database, _drill, _zone, _zone_caches, _zone_databases, _zone_where
from commands.failover._block import Block
from commands.failover._options import Options
from commands.failover._zone_where import Where

KIND = "zone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Args(Options):
    """Which zone, and how much of it."""

    zone: str = arg(Kind.WORD, words("which zone, such as ap-northeast-1a"), option=False, required=True)
    vpc: str = arg(
        Kind.WORD, words("of which VPC; left out, of the only one that has subnets there"), default=""
    )
    anyway: bool = arg(
        Kind.FLAG,
        words("also when a group launches in that zone only, which is left as it is then"),
        default=False,
    )
    without_primary: bool = arg(
        Kind.FLAG,
        words("do not fail over the databases and caches whose primary is there"),
        default=False,
    )


def plan(args: Args, world: World) -> Plan:
    """Everything in the zone that is touched, each with its way back, between two looks at the probes."""
    where = _zone_where.find(world, args.zone, args.vpc, args.account, args.region)
    extra = () if args.without_primary else tuple(_primaries(world, where))
    block = _zone.block(world, where, lasts=args.for_, anyway=args.anyway, extra=extra)
    summary = words(
        "a failure test: cut {zone} of {vpc} off for {lasts}",
        zone=args.zone,
        vpc=where.vpc_id,
        lasts=args.for_,
    )
    about = f"{args.zone} of {where.vpc_id}"
    return _drill.assemble(world, where.place, args, KIND, about, summary, block)


def _primaries(world: World, where: Where) -> Iterator[Block]:
    """What fails over because its primary is there."""
    yield from _zone_databases.blocks(world, where)
    yield from _zone_caches.blocks(world, where)


VERB = Verb(
    noun="failover",
    name="run-zone",
    help=words("Test a failure: a zone is cut off, with all that is there, and put back exactly."),
    args=Args,
    risk=Risk.CHANGE,
    iam=tuple(sorted({*_drill.READS, *_zone.IAM, *_database.READS, *_zone_caches.READS})),
    plan=plan,
    examples=(
        "/failover run zone ap-northeast-1a --probe shop",
        "/failover run zone ap-northeast-1a --for 10m --probe shop --vpc vpc-0a1b2c3d --without-primary",
    ),
    actions=(*_drill.ACTIONS, *_zone.ACTIONS, *_database.ACTIONS, *_zone_caches.ACTIONS),
)
