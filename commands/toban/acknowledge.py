"""Let changes go on after a break in the audit log was looked at."""

from dataclasses import dataclass

from bot.arguments import Kind, arg
from bot.command import Risk, Verb, World
from bot.plan import Fields, Plan, Step
from bot.words import words
from commands import here
from commands.reading import fields


@dataclass(frozen=True, slots=True)
class Args:
    """What /toban acknowledge is told."""

    reason: str = arg(
        Kind.TEXT, words("what was found, and why changes may go on"), option=False, required=True
    )


def plan(args: Args, world: World) -> Plan:
    """One step, when there is a break; otherwise the answer that there is none."""
    if not world.ledger.audit_is_broken():
        return Plan(words("The audit log has no break that waits to be looked at."))
    step = here.step(
        "toban.acknowledge",
        "audit",
        "break",
        fields(changes="stopped"),
        fields(changes="go on"),
        person=world.asker,
        reason=args.reason,
    )
    return Plan(words("let changes go on after the break in the audit log"), (step,))


def look(world: World, _step: Step) -> Fields:
    """Whether changes are stopped."""
    return fields(changes="stopped" if world.ledger.audit_is_broken() else "go on")


def do(world: World, step: Step, _token: str) -> None:
    """Acknowledge the break."""
    world.ledger.acknowledge_break(here.given(step, "person"), here.given(step, "reason"))


ACKNOWLEDGE = here.action("toban.acknowledge", look, do, risk=Risk.DESTROY, whatever_happens=True)

VERB = Verb(
    noun="toban",
    name="acknowledge",
    help=words("Let changes go on after a break in the audit log was looked at."),
    args=Args,
    risk=Risk.DESTROY,
    iam=(),
    plan=plan,
    examples=('/toban acknowledge "restored the database from the copy of 03:00"',),
    actions=(ACKNOWLEDGE,),
)
