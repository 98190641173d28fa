"""A drill's plan: the steady state, the faults, each with its way back, and whether all is well again."""

from collections.abc import Sequence
from dataclasses import replace

from aws import alarm
from aws.account import Place
from bot.arguments import UsageError
from bot.command import World
from bot.drill import TIMER, Alarm, Spec
from bot.plan import Fields, Plan, Resource, Step
from bot.probe import Probe
from bot.words import Words, words
from commands.failover import _cost, _options, _recovered, _steady, _timers
from commands.failover._block import Block
from commands.failover._options import Options
from commands.failover._recovered import RECOVERED
from commands.failover._steady import STEADY

READS = ("cloudwatch:DescribeAlarms",)
"""Of every drill, that planning reads beside what its fault needs."""
RINGS = "ALARM"
ON_A_CARD = 8
"""Steps that a card shows with their warnings: those of later ones are notes, or who agrees sees none."""
ACTIONS = (STEADY, RECOVERED, *_timers.ACTIONS)
"""Of every drill, beside those of what it breaks."""


def ready(world: World, place: Place, options: Options) -> tuple[Probe, ...]:
    """The probes of a drill.  Raises UsageError when one is under way in the account, or all is not well."""
    for one in world.drills.find(open_only=True):
        if one.spec.account == place.account:
            raise UsageError(
                words(
                    "#{number} is under way in {account}, and there is one drill at a time in an account.",
                    number=one.number,
                    account=place.account,
                )
            )
    probes = _options.probes(options, world)
    for sample in world.drills.try_out(probes):
        if not sample.ok:
            raise UsageError(
                words(
                    "{probe} is not well ({error}), and what is not well is not tested.",
                    probe=sample.probe,
                    error=sample.error,
                )
            )
    return probes


def _alarms(world: World, place: Place, options: Options) -> tuple[Alarm, ...]:
    """Those that end it.  Raises UsageError for one that is not there, or rings already; AwsError."""
    meant = _options.alarms(options, place.account, place.region)
    if not meant:
        return ()
    states = alarm.states(alarm.client(world.aws, place), tuple(one.name for one in meant))
    for one in meant:
        if one.name not in states:
            raise UsageError(
                words(
                    "There is no alarm {name} in {account}/{region}, and so nothing that would end it.",
                    name=one.name,
                    account=one.account,
                    region=one.region,
                )
            )
        if states[one.name] == RINGS:
            raise UsageError(
                words("The alarm {name} rings already, and would end it at once.", name=one.name)
            )
    return meant


def assemble(
    world: World, place: Place, options: Options, kind: str, about: str, summary: Words, block: Block
) -> Plan:
    """The whole of it.  Raises UsageError as `ready` does.  Without a fault it is simply an answer."""
    if not block.steps:
        return Plan(summary, (), block.left, block.unread, block.notes)
    spec = Spec(
        kind=kind,
        account=place.account,
        region=place.region,
        about=about,
        lasts=options.for_,
        probes=ready(world, place, options),
        before=options.before,
        after=options.after,
        stop_errors=options.stop_errors / 100,
        stop_alarms=_alarms(world, place, options),
        watched=block.watched,
    )
    whole = _timers.held(world, block)
    costs = tuple(_cost.notes(world, spec, block.replaced))
    notes = _notes(spec, block, costs, _timers.notes(world, whole.steps))
    steps = _steps(spec, whole)
    return Plan(summary, steps, block.left, block.unread, (*warnings(steps[ON_A_CARD:]), *notes))


def warnings(steps: Sequence[Step]) -> tuple[Words, ...]:
    """What the steps warn of, above all what has no way back, each with what it is about."""
    found = (
        words("{target}: {warning}", target=step.target.name or step.target.id, warning=warning)
        for step in steps
        for warning in step.warnings
    )
    return tuple(dict.fromkeys(found))


def _steps(spec: Spec, block: Block) -> tuple[Step, ...]:
    faults = [one for one in block.steps if not one.undoes]
    steady = _steady.step(spec, _target(spec, faults))
    first = [replace(one, needs=(steady.key, *one.needs)) if not one.undoes else one for one in block.steps]
    back = [one for one in block.steps if one.undoes and one.target.type != TIMER]
    return (steady, *first, _recovered.step(spec, steady, back or faults))


def _target(spec: Spec, faults: Sequence[Step]) -> Resource:
    """The drill itself; it carries the tags that all it breaks have in common, and so the same rules."""
    return Resource(spec.account, spec.region, "drill", spec.kind, spec.about, _common(faults))


def _common(faults: Sequence[Step]) -> Fields:
    """The tags that every target has.  Pure."""
    tags = [set(one.target.tags) for one in faults]
    return tuple(sorted(set.intersection(*tags))) if tags else ()


def _notes(
    spec: Spec, block: Block, costs: tuple[Words, ...], timers: tuple[Words, ...]
) -> tuple[Words, ...]:
    lasting = any(one.undoes for one in block.steps)
    back = words(
        "it is put back after {lasts}, at once when somebody aborts it, and also when toban was restarted"
        " meanwhile",
        lasts=spec.lasts,
    )
    return (_steady.said(spec), *block.notes, *costs, *((back,) if lasting else ()), _ends(spec), *timers)


def _ends(spec: Spec) -> Words:
    share = round((spec.stop_errors or 0) * 100)
    if not spec.stop_alarms:
        return words(
            "it ends at once when more than {share} % of answers fail for as long as users may be out",
            share=share,
        )
    return words(
        "it ends at once when more than {share} % of answers fail for as long as users may be out, or when"
        " {alarms} rings",
        share=share,
        alarms=", ".join(one.name for one in spec.stop_alarms),
    )
