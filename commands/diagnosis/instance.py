"""Why an instance does not run or is not well: every cause in turn, and what to say of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from aws import anatomy, instance
from aws.account import Place
from bot.command import Failed, World
from bot.words import Words, words
from commands.diagnosis import capacity, checks, cpus, interfaces, kms, refused, spot, volumes
from commands.diagnosis.facts import BY_USER, Facts, Refusal
from commands.diagnosis.finding import Finding
from commands.diagnosis.gather import Gatherer
from commands.diagnosis.looking import Looking

MOST = 10  # instances that one explanation is about

CAUSES: tuple[Callable[[Facts], Finding | None], ...] = (
    spot.cause,
    kms.cause,
    volumes.cause,
    capacity.cause,
    cpus.cause,
    refused.cause,
    interfaces.cause,
    checks.cause,
)
"""In the order in which they are told."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was found of one instance; without findings, toban knows no reason."""

    facts: Facts
    findings: tuple[Finding, ...]


def diagnose(
    world: World,
    place: Place,
    ids: Sequence[str],
    *,
    refusals: Mapping[str, Refusal] | None = None,
    caller: str = "",
) -> dict[str, Diagnosis]:
    """A diagnosis of each of these instances that exists; `caller` is whose rights matter, "": toban's.

    Raises AwsError when the instances themselves cannot be read.
    """
    ec2, known = world.aws.ec2(place), refusals or {}
    bodies = {one.id: one for one in anatomy.find(ec2, ids)}
    gatherer = Gatherer(world, Looking(place), caller)
    return {
        one.id: judge(gatherer.facts(one, bodies[one.id], known.get(one.id)))
        for one in instance.find(ec2, ids=ids)
        if one.id in bodies
    }


def judge(facts: Facts) -> Diagnosis:
    """Every cause in turn.  Pure."""
    found = (cause(facts) for cause in CAUSES)
    return Diagnosis(facts, tuple(one for one in found if one is not None))


def explain(world: World, place: Place, failed: Sequence[Failed]) -> Mapping[str, Words]:
    """Why starts failed and what to do, by the keys of their steps.  Raises AwsError."""
    some = failed[:MOST]
    refusals = {one.step.target.id: Refusal(one.code, str(one.shows)) for one in some if one.code}
    found = diagnose(world, place, [one.step.target.id for one in some], refusals=refusals)
    return {one.step.key: in_short(found[one.step.target.id]) for one in some if one.step.target.id in found}


def in_short(diagnosis: Diagnosis) -> Words:
    """The reason and the remedy in one sentence, to stand behind what AWS shows."""
    one = diagnosis.facts.one
    if not diagnosis.findings and one.state in ("pending", "running"):
        return calm(diagnosis.facts)
    if not diagnosis.findings and diagnosis.facts.unread:
        return words(
            "toban finds no cause that it knows; {unread}; `/ec2 why {id}` shows what it looked at",
            unread=diagnosis.facts.unread,
            id=one.id,
        )
    if not diagnosis.findings:
        return words("toban finds no cause that it knows; `/ec2 why {id}` shows what it looked at", id=one.id)
    first = diagnosis.findings[0]
    if first.statement:
        return words(
            "{what}; {remedy}: `/ec2 why {id}` prints it", what=first.what, remedy=first.remedy, id=one.id
        )
    if first.offers:
        return words("{what}; {remedy}; {offers}", what=first.what, remedy=first.remedy, offers=first.offers)
    return words("{what}; {remedy}", what=first.what, remedy=first.remedy)


def calm(facts: Facts) -> Words:
    """What to say of an instance for which no cause was found: never a guess."""
    one, status = facts.one, facts.status
    if status is not None and status.passed:
        return words("{id} runs, and all its status checks pass", id=one.id)
    if one.state in ("running", "pending"):
        return words("{id} is {state}; its status checks are not over yet", id=one.id, state=one.state)
    if facts.body.code in BY_USER:
        return words(
            "{id} is {state} because somebody wanted it so; toban sees nothing that speaks against a start",
            id=one.id,
            state=one.state,
        )
    return words("{id} is {state}, and toban knows no reason for it", id=one.id, state=one.state)
