"""Break several things as one failure test, as the config has it."""

from dataclasses import dataclass, replace

from bot.arguments import Kind, UsageError, arg
from bot.command import Risk, Verb, World
from bot.plan import Plan
from bot.words import words
from commands.failover import (
    _drill,
    _parts,
    run_bucket,
    run_database,
    run_instance,
    run_latency,
    run_loss,
    run_region,
    run_zone,
)
from commands.failover._block import joined
from commands.failover._options import Options

KIND = "experiment"
PARTS = tuple(
    one.VERB for one in (run_zone, run_database, run_instance, run_latency, run_loss, run_bucket, run_region)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Args(Options):
    """Which experiment of the config."""

    name: str = arg(Kind.WORD, words("an experiment of the config"), option=False, required=True)


def plan(args: Args, world: World) -> Plan:
    """The faults of all its parts, between one look at the probes before and one after."""
    known = world.drills.experiments()
    if args.name not in known:
        if not known:
            raise UsageError(words("The config names no experiment: add a table [experiments.NAME]."))
        names = ", ".join(sorted(known))
        raise UsageError(
            words("The config has no experiment “{name}”. Choose from {known}.", name=args.name, known=names)
        )
    block = joined(_parts.blocks(world, known[args.name], args))
    places = {one.target.place for one in block.steps}
    if len({place.account for place in places}) != 1:
        raise UsageError(words("An experiment breaks things in one account."))
    summary = words("break what experiment {name} names, for {lasts}", name=args.name, lasts=args.for_)
    whole = replace(args, for_=args.for_ + max(part.later for part in known[args.name]))
    return _drill.assemble(world, min(places), whole, KIND, args.name, summary, block)


VERB = Verb(
    noun="failover",
    name="run-experiment",
    help=words("Break several things as one failure test, as the config has it."),
    args=Args,
    risk=Risk.CHANGE,
    iam=tuple(sorted({name for part in PARTS for name in part.iam})),
    plan=plan,
    examples=("/failover run experiment bad-friday --probe shop",),
    actions=tuple({action.name: action for part in PARTS for action in part.actions}.values()),
)
