"""A failure test: what instances send comes late."""

from dataclasses import dataclass
from datetime import timedelta

from bot.arguments import Kind, UsageError, arg
from bot.command import Risk, Verb, World
from bot.plan import Plan
from bot.targets import Targets
from bot.words import plural, words
from commands.changes.traffic_script import Shape
from commands.failover import _drill, _latency
from commands.failover._options import Options

MS = timedelta(milliseconds=1)
LONGEST = timedelta(seconds=60)
NONE = timedelta()


@dataclass(frozen=True, slots=True, kw_only=True)
class Args(Options):
    """What /failover run latency is told."""

    targets: Targets = arg(
        Kind.TARGETS, words("which instances"), option=False, required=True, prefixes=("i-",)
    )
    delay: timedelta = arg(Kind.DURATION, words("how late: 200ms, 2s"), required=True)
    jitter: timedelta = arg(Kind.DURATION, words("more or less by so much: 50ms"), default=NONE)
    port: int = arg(Kind.NUMBER, words("only what comes from or goes to this port"), default=0, at_least=0)

    def __post_init__(self) -> None:
        """Raises UsageError for a delay that is none, or longer than a minute."""
        if not MS <= self.delay <= LONGEST:
            raise UsageError(words("The delay is from 1 ms to a minute: --delay 200ms."))
        if self.jitter > self.delay:
            raise UsageError(words("It cannot be early: --jitter is at most --delay."))
        _latency.port(self.port)


def plan(args: Args, world: World) -> Plan:
    """What these instances send is late for a while, in a drill."""
    place, reach = _latency.meant(world, args.targets, args)
    shape = Shape(delay_ms=args.delay // MS, jitter_ms=args.jitter // MS, port=args.port)
    summary = plural(
        "a failure test: what {n} instance sends is {delay} ms late",
        "a failure test: what {n} instances send is {delay} ms late",
        len(reach.there),
        delay=shape.delay_ms,
    )
    block = _latency.block(place, reach, shape, args.for_)
    return _drill.assemble(world, place, args, "latency", _latency.about(reach), summary, block)


VERB = Verb(
    noun="failover",
    name="run-latency",
    help=words("Test a failure: what instances send comes late, until a timer on them ends it."),
    args=Args,
    risk=Risk.CHANGE,
    iam=(*_drill.READS, *_latency.READS),
    plan=plan,
    examples=(
        "/failover run latency tag:service=web --probe shop --delay 200ms",
        "/failover run latency i-0123456789abcdef0 --for 3m --delay 2s --jitter 500ms --port 5432",
    ),
    actions=(*_drill.ACTIONS, *_latency.ACTIONS),
)
