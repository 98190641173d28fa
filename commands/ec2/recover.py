"""Which instances come back by themselves when the hardware below them fails, and let the others do so."""

from dataclasses import dataclass

from aws.account import Place
from bot.arguments import Kind, arg, emergency_arg
from bot.command import Risk, Verb, World
from bot.plan import Left, Plan, Step
from bot.targets import Targets
from bot.words import Words, plural, words
from commands import instances
from commands.changes import recover_instance
from commands.changes.recover_instance import ALLOW, PUT_ALARM
from commands.ec2 import _healing
from commands.ec2._healing import Healing
from commands.reading import NO_TARGETS, Found, accounts_arg, regions_arg, table

STATUS, ON = "status", "on"


@dataclass(frozen=True, slots=True)
class Args:
    """What /ec2 recover is told."""

    what: str = arg(
        Kind.CHOICE, words("look, or set it up"), option=False, required=True, choices=(STATUS, ON)
    )
    targets: Targets = arg(
        Kind.TARGETS, words("which instances; else all"), default=NO_TARGETS, option=False, prefixes=("i-",)
    )
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()
    emergency: str = emergency_arg()


def plan(args: Args, world: World) -> Plan:
    """A row for each instance, or the steps for those that lack something."""
    found = _healing.find(world, instances.find(world, args.targets, args.account, args.region))
    return _status(found) if args.what == STATUS else _on(found)


# -- look ----------------------------------------------------------------------------------------------


def _status(found: Found[Healing]) -> Plan:
    """Those that nothing brings back first."""
    bare = [one for _, one in found if not one.heals]
    rows = [
        _row(place, one)
        for place, one in sorted(found, key=lambda pair: (pair[1].heals, pair[0], pair[1].instance.name))
    ]
    heads = (
        words("Name"), words("Instance"), words("State"), words("Group"), words("Recovered by"),
        words("Alarms on checks"), words("Type"), words("Account"),
    )  # fmt: skip
    summary = plural(
        "{n} instance; nothing brings {bare} of them back",
        "{n} instances; nothing brings {bare} of them back",
        len(rows),
        bare=str(len(bare)),
    )
    return Plan(summary, unread=found.unread, notes=_advice(bare), table=table(heads, rows))


def _row(place: Place, one: Healing) -> tuple[str, ...]:
    by = ["EC2"] if one.by_ec2 else []
    by += [one.by_alarm.name] if one.by_alarm else []
    alarms = " ".join(alarm.name for alarm in one.alarms) or "–"
    it = one.instance
    return it.name, it.id, it.state, one.group, ", ".join(by) or "–", alarms, it.type, place.account


def _advice(bare: list[Healing]) -> tuple[Words, ...]:
    could = sum(one.can_recover for one in bare)
    notes = []
    if could:
        notes.append(
            plural("`/ec2 recover on` sets it up for {n}", "`/ec2 recover on` sets it up for {n}", could)
        )
    if len(bare) > could:
        notes.append(
            plural(
                "{n} has a type that cannot be recovered: `/ec2 heal` makes a group of one of it",
                "{n} have types that cannot be recovered: `/ec2 heal` makes a group of one of each",
                len(bare) - could,
            )
        )
    return tuple(notes)


# -- set it up -----------------------------------------------------------------------------------------


def _on(found: Found[Healing]) -> Plan:
    steps: list[Step] = []
    left: list[Left] = []
    for place, one in found:
        made = _steps(place, one)
        steps += made
        left += [] if made else [Left(instances.resource(place, one.instance), one.said())]
    count = len({step.target.id for step in steps})
    summary = plural(
        "let {count} of {n} instance come back by itself",
        "let {count} of {n} instances come back by themselves",
        len(found),
        count=str(count),
    )
    return Plan(summary, tuple(steps), tuple(left), found.unread, _says(steps))


def _steps(place: Place, one: Healing) -> list[Step]:
    """What is missing of both ways; nothing where a group replaces it, or the type cannot."""
    if one.group or not one.can_recover:
        return []
    steps = [] if one.allowed else [recover_instance.allow(place, one.instance)]
    return steps if one.by_alarm else [*steps, recover_instance.alarm(place, one.instance)]


def _says(steps: list[Step]) -> tuple[Words, ...]:
    if not steps:
        return ()
    return (
        words(
            "A recovered instance keeps its id, addresses and volumes and loses what was in its memory. An"
            " alarm costs about $0.10 a month (“Amazon CloudWatch pricing”)."
        ),
    )


VERB = Verb(
    noun="ec2",
    name="recover",
    help=words("Show which instances come back by themselves when their hardware fails, or let them."),
    args=Args,
    risk=Risk.CHANGE,
    iam=("ec2:DescribeInstances", *_healing.READS),
    plan=plan,
    examples=(
        "/ec2 recover status",
        "/ec2 recover on i-0123456789abcdef0",
        "/ec2 recover status tag:env=prod",
    ),
    actions=(ALLOW, PUT_ALARM),
)
