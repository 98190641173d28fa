"""A failure test: instances lose a share of what they send."""

import re
from dataclasses import dataclass

from bot.arguments import Kind, UsageError, arg
from bot.command import Risk, Verb, World
from bot.plan import Plan
from bot.targets import Targets
from bot.words import plural, words
from commands.changes.traffic_script import Shape
from commands.failover import _drill, _latency
from commands.failover._options import Options

_SHARE = re.compile(r"([0-9]{1,3})\s*[%％]?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Args(Options):
    """What /failover run loss is told."""

    targets: Targets = arg(
        Kind.TARGETS, words("which instances"), option=False, required=True, prefixes=("i-",)
    )
    loss: str = arg(Kind.WORD, words("which share of it is lost: 10%"), required=True)
    port: int = arg(Kind.NUMBER, words("only what comes from or goes to this port"), default=0, at_least=0)

    def __post_init__(self) -> None:
        """Raises UsageError for what is no share."""
        share(self.loss)
        _latency.port(self.port)


def share(given: str) -> int:
    """A share in percent, from 1 to 100.  Raises UsageError."""
    found = _SHARE.fullmatch(given)
    if found is None or not 1 <= int(found[1]) <= 100:
        raise UsageError(words("The loss is a share from 1% to 100%: --loss 10%."))
    return int(found[1])


def plan(args: Args, world: World) -> Plan:
    """These instances lose a share of what they send for a while, in a drill."""
    place, reach = _latency.meant(world, args.targets, args)
    shape = Shape(loss=share(args.loss), port=args.port)
    summary = plural(
        "a failure test: {n} instance loses {share} % of what it sends",
        "a failure test: {n} instances lose {share} % of what they send",
        len(reach.there),
        share=shape.loss,
    )
    block = _latency.block(place, reach, shape, args.for_)
    return _drill.assemble(world, place, args, "loss", _latency.about(reach), summary, block)


VERB = Verb(
    noun="failover",
    name="run-loss",
    help=words("Test a failure: instances lose a share of what they send, until a timer on them ends it."),
    args=Args,
    risk=Risk.CHANGE,
    iam=(*_drill.READS, *_latency.READS),
    plan=plan,
    examples=("/failover run loss tag:service=web --probe shop --loss 10%",),
    actions=(*_drill.ACTIONS, *_latency.ACTIONS),
)
