"""Explain a line: what it would do, which rule allows or refuses it, who must agree, what AWS lacks."""

from dataclasses import dataclass

from aws.errors import AwsError
from bot.arguments import Kind, arg
from bot.command import Risk, Ruling, Verb, World
from bot.plan import Plan
from bot.refusals import said
from bot.words import Words, words


@dataclass(frozen=True, slots=True)
class Args:
    """What /toban why is told."""

    line: str = arg(Kind.TEXT, words("the line, as you would type it"), option=False, required=True)


def plan(args: Args, world: World) -> Plan:
    """The verdict; nothing is asked and nothing changes.  Raises UsageError as the line itself would."""
    verb, meant = world.rules.read(args.line)
    emergency = bool(getattr(meant, "emergency", ""))
    coarse = world.rules.rule(verb, (), emergency=emergency)
    if not coarse.allowed:
        return Plan(words("you may not: {why}", why=coarse.why))
    try:
        made = verb.plan(meant, world)
    except AwsError as error:
        return Plan(words("it cannot be planned: {why}", why=said(error)))
    ruling = world.rules.rule(verb, made.steps, emergency=emergency, approvals=made.approvals)
    notes = (words("it would: {summary}", summary=made.summary), *_who(ruling))
    return Plan(_verdict(ruling), unread=made.unread, notes=notes)


def _verdict(ruling: Ruling) -> Words:
    if not ruling.allowed:
        return words("you may not: {why}", why=ruling.why)
    if ruling.approvals:
        return words("you may, with others: {why}", why=ruling.why)
    return words("you may: {why}", why=ruling.why)


def _who(ruling: Ruling) -> tuple[Words, ...]:
    if not ruling.allowed or not ruling.approvals:
        return ()
    if not ruling.could_approve:
        return (words("nobody can approve this: ask whoever keeps the policy"),)
    people = tuple(words("{person}", person=person) for person in ruling.could_approve)
    return (words("who could agree: {people}", people=people),)


VERB = Verb(
    noun="toban",
    name="why",
    help=words("Explain a line: what it would do, which rule decides, who must agree, what AWS lacks."),
    args=Args,
    risk=Risk.NONE,
    iam=(),
    plan=plan,
    examples=("/toban why ec2 stop tag:env=prod",),
)
