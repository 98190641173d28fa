"""A failure test: one instance is terminated, or stopped for a while; named, or chosen by chance.

By chance means: a seed and the instances there are decide, so the same seed among the same instances chooses
the same.  The plan names the instance, and that one is approved.
"""

from dataclasses import dataclass, replace

from aws.instance import Instance
from bot.arguments import Kind, UsageError, arg
from bot.command import Risk, Verb, World
from bot.plan import Plan
from bot.targets import Targets
from bot.words import Words, words
from commands.failover import _beside, _chance, _drill, _instance, _victim
from commands.failover._instance import STOP, TERMINATE
from commands.failover._options import Options
from commands.failover._victim import Asked
from commands.reading import NO_TARGETS


@dataclass(frozen=True, slots=True)
class Args(Options):
    """What /failover run instance is told."""

    targets: Targets = arg(
        Kind.TARGETS,
        words("which one, or those of which chance chooses one"),
        option=False,
        default=NO_TARGETS,
        prefixes=("i-",),
    )
    vpc: str = arg(Kind.WORD, words("only of this VPC"), default="")
    group: str = arg(Kind.WORD, words("only of this Auto Scaling group"), default="")
    how: str = arg(
        Kind.CHOICE,
        words("terminated for good, or stopped and started again"),
        default=TERMINATE,
        choices=(TERMINATE, STOP),
    )
    seed: int | None = arg(
        Kind.NUMBER, words("what chance goes by; without it, the date of the day"), at_least=0
    )
    anyway: bool = arg(Kind.FLAG, words("also a bastion, or what nothing stands in for"), default=False)


def plan(args: Args, world: World) -> Plan:
    """One instance is broken once, in a drill."""
    if not (args.vpc or args.group) and args.targets == NO_TARGETS:
        raise UsageError(
            words("Say which instance, or among which chance chooses: tag:…, name:…, --vpc or --group.")
        )
    seed = _chance.seed_of_day(world.due, world.zone) if args.seed is None else args.seed
    asked = Asked(args.targets, args.vpc, args.group, args.how, seed, args.anyway)
    one = _victim.find(world, asked, args.account, args.region)
    block = _instance.block(
        world, one.place, one.instance, one.beside, args.how, args.for_, anyway=args.anyway
    )
    whole = replace(block, notes=(*one.notes, *block.notes), left=one.left, unread=one.unread)
    summary = _summary(args.how, one.instance)
    return _drill.assemble(world, one.place, args, "instance", one.instance.id, summary, whole)


def _summary(how: str, one: Instance) -> Words:
    known = f"{one.id} ({one.name})" if one.name else one.id
    if how == TERMINATE:
        return words("a failure test: terminate {instance}", instance=known)
    return words("a failure test: stop {instance}", instance=known)


VERB = Verb(
    noun="failover",
    name="run-instance",
    help=words("Test a failure: one instance is terminated, or stopped for a while; by name or by chance."),
    args=Args,
    risk=Risk.DESTROY,
    iam=(*_drill.READS, *_beside.READS, *_instance.READS),
    plan=plan,
    examples=(
        "/failover run instance i-0123456789abcdef0 --for 10m --how stop",
        "/failover run instance tag:service=web --seed 7",
        "/failover run instance --probe shop --group web",
    ),
    actions=(*_drill.ACTIONS, *_instance.ACTIONS),
)
