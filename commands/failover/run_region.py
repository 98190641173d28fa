"""Shift a name's traffic to another region, by Route 53: as a test that goes home by itself, or to stay."""

from dataclasses import dataclass, replace
from datetime import timedelta

from aws.account import Place
from bot.arguments import Kind, arg
from bot.command import Risk, Verb, World
from bot.plan import Plan
from bot.words import Words, words
from commands.changes import gate
from commands.failover import _drill, _options, _region, _route
from commands.failover._block import Block
from commands.failover._options import Options
from commands.failover._region import Wanted
from commands.failover._route import Route

MARGIN = timedelta(seconds=60)
"""That users have to be well again, when the last of them has forgotten the old answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Args(Options):
    """What /failover run region is told."""

    name: str = arg(Kind.WORD, words("the name, such as shop.example.com"), option=False, required=True)
    to: str = arg(Kind.WORD, words("the region, or the identifier of its record in Route 53"), required=True)
    stages: str = arg(
        Kind.WORD, words("percentages, such as 10,50,100, with a gate after each but the last"), default="100"
    )
    patience: timedelta = arg(
        Kind.DURATION,
        words("how long a gate waits for somebody; then all goes home"),
        default=timedelta(minutes=15),
        at_least=30,
        at_most=24 * 3600,
    )
    stay: bool = arg(Kind.FLAG, words("the traffic stays there: no test, but the real thing"), default=False)
    replica: tuple[str, ...] = arg(
        Kind.WORD, words("a database there that follows the one here"), default=(), many=True
    )
    most_lag: timedelta = arg(
        Kind.DURATION,
        words("how far it may be behind"),
        default=timedelta(seconds=30),
        at_least=1,
        at_most=7 * 24 * 3600,
    )
    anyway: bool = arg(Kind.FLAG, words("also when the other region is not ready"), default=False)


def plan(args: Args, world: World) -> Plan:
    """The stages, the gates, the way home, and around them the drill; none where users are not well now."""
    route = _route.find(world, args.name, args.to, args.account)
    lasts = None if args.stay else args.for_
    wanted = Wanted(
        _region.read_stages(args.stages), args.patience, lasts, args.replica, args.most_lag, args.anyway
    )
    block = _region.block(world, route, wanted)
    there = route.to[0].id
    if not block.steps:
        return Plan(words("All the traffic of {name} goes to {to} already.", name=route.name, to=there))
    summary = _summary(route, args)
    if args.stay and (why := _no_drill(args, world)):
        return Plan(summary, block.steps, block.left, block.unread, (why, *block.notes))
    return _assembled(args, world, route, summary, block)


def _summary(route: Route, args: Args) -> Words:
    known = {"name": route.name, "to": route.to[0].id}
    if args.stay:
        return words("shift the traffic of {name} to {to}, to stay there", **known)
    return words("shift the traffic of {name} to {to} for {lasts}", **known, lasts=args.for_)


def _no_drill(args: Args, world: World) -> Words | None:
    """Why this is no test: nobody watches, users are not well, or a test is under way that it answers."""
    account = _route.find(world, args.name, args.to, args.account).account
    for drill in world.drills.find(open_only=True):
        if drill.spec.account == account:
            return words("#{number} is under way, and measures this, too", number=drill.number)
    if not world.drills.probes():
        return words("no probe of the config watches, so nothing is measured")
    for sample in world.drills.try_out(_options.probes(args, world)):
        if not sample.ok:
            return words(
                "{probe} is not well now ({error}): this is no test, and nothing is measured",
                probe=sample.probe,
                error=sample.error,
            )
    return None


def _assembled(args: Args, world: World, route: Route, summary: Words, block: Block) -> Plan:
    gates = sum(one.action == gate.NAME for one in block.steps)
    longest = args.for_ + gates * args.patience  # for as long as somebody may be waited for, it is no mistake
    after = max(args.after, timedelta(seconds=route.ttl) + MARGIN)
    region = next(iter(args.region), _route.region_of(route.to[0]) or route.resource.region)
    about = f"{route.name} → {route.to[0].id}"
    place = Place(route.account, region)
    options = replace(args, for_=longest, after=after)
    return _drill.assemble(world, place, options, "region", about, summary, block)


VERB = Verb(
    noun="failover",
    name="run-region",
    help=words("Shift a name's traffic to another region, and home again unless it shall stay."),
    args=Args,
    risk=Risk.CHANGE,
    iam=(*_drill.READS, *_region.READS),
    plan=plan,
    examples=(
        "/failover run region shop.example.com --for 10m --probe shop --to us-east-1",
        "/failover run region shop.example.com --to us-east-1 --stages 10,50,100 --replica shop-replica",
        "/failover run region shop.example.com --to us-east-1 --stay",
    ),
    actions=(*_drill.ACTIONS, *_region.ACTIONS),
)
