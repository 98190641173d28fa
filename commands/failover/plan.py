"""Say what a failure test would do, and do nothing."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.arguments import Kind, UsageError, arg
from bot.command import Risk, Ruling, Verb, World
from bot.drill import TIMER
from bot.plan import Offer, Plan, Step
from bot.words import Words, plural, words
from commands.failover import _drill, run_experiment
from commands.reading import table

HEADS = (words("what is done"), words("to"), words("now"), words("then"), words("and back"))


@dataclass(frozen=True, slots=True)
class Args:
    """What /failover plan is told."""

    test: str = arg(
        Kind.LINE,
        words("what is tested, as for “failover run”"),
        option=False,
        required=True,
        begins="failover run",
    )


def plan(args: Args, world: World) -> Plan:
    """Every step with its way back, who would have to agree, and a button that asks for it."""
    line = args.test.removeprefix("/")
    verb, given = world.rules.read(line)
    if not verb.name.startswith("run-"):
        raise UsageError(words("“{line}” is no failure test.", line=f"/{line}"))
    made = verb.plan(given, world)
    if not made.steps:
        return made
    ruling = world.rules.rule(verb, made.steps, emergency=False, approvals=made.approvals)
    return Plan(
        summary=words("only a plan, nothing is done: {summary}", summary=made.summary),
        left=made.left,
        unread=made.unread,
        notes=tuple(dict.fromkeys((_judged(ruling), *_drill.warnings(made.steps), *made.notes))),
        table=table(HEADS, list(_rows(made.steps))),
        offers=(Offer(words("Run it"), line),) if ruling.allowed else (),
    )


def _judged(ruling: Ruling) -> Words:
    if not ruling.allowed:
        return words("the policy refuses it: {why}", why=ruling.why)
    if not ruling.approvals:
        return words("nobody else has to agree")
    return plural("{n} other person has to agree", "{n} other people have to agree", ruling.approvals)


def _rows(steps: tuple[Step, ...]) -> Iterator[tuple[str, ...]]:
    """A row for each fault; its way back stands beside it."""
    back = {step.undoes: step for step in steps if step.undoes}
    for step in steps:
        if step.undoes or step.target.type in ("drill", TIMER):
            continue
        undone = back.get(step.key)
        name = " ".join(dict.fromkeys(filter(None, (step.target.id, step.target.name))))
        yield (step.action, name, _said(step.before), _said(step.after), undone.action if undone else "–")


def _said(fields: tuple[tuple[str, str], ...]) -> str:
    return ", ".join(f"{name} {value}" for name, value in fields)[:120]


VERB = Verb(
    noun="failover",
    name="plan",
    help=words("Say what a failure test would do, and do nothing."),
    args=Args,
    risk=Risk.NONE,
    iam=run_experiment.VERB.iam,  # which breaks whatever there is to break
    plan=plan,
    examples=('/failover plan "/failover run zone ap-northeast-1a --probe shop"',),
    actions=(),
)
