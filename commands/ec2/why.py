"""Say why an instance does not run or is not well: the reason, what shows it, and the exact remedy."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.arguments import Kind, UsageError, arg
from bot.command import Risk, Verb, World
from bot.plan import File, Plan
from bot.targets import Targets
from bot.words import Words, plural, words
from commands import instances
from commands.diagnosis import gather
from commands.diagnosis.caller import caller_arg, named
from commands.diagnosis.finding import Finding
from commands.diagnosis.instance import Diagnosis, calm, diagnose
from commands.reading import accounts_arg, regions_arg


@dataclass(frozen=True, slots=True)
class Args:
    """What /ec2 why is told."""

    targets: Targets = arg(
        Kind.TARGETS, words("which instance"), option=False, required=True, prefixes=("i-",)
    )
    caller: str = caller_arg()
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()


def plan(args: Args, world: World) -> Plan:
    """The diagnosis of one instance; nothing changes.  Raises UsageError for several, AwsError."""
    caller = named(args.caller)
    found = instances.find(world, args.targets, args.account, args.region)
    if len(found) > 1:
        raise UsageError(
            plural(
                "This explains one instance, and {n} fits; `/ec2 preflight` looks at many.",
                "This explains one instance, and {n} fit; `/ec2 preflight` looks at many.",
                len(found),
            )
        )
    if not found.items:
        return Plan(words("nobody could look where it might be"), unread=found.unread)
    ((place, one),) = found
    made = diagnose(world, place, [one.id], caller=caller).get(one.id)
    if made is None:
        raise UsageError(words("{id} does not exist (any more).", id=one.id))
    return _answer(made)


def _answer(made: Diagnosis) -> Plan:
    if not made.findings:
        return Plan(calm(made.facts), notes=(*_shown(made), *made.facts.unread))
    one, (first, *others) = made.facts.one, made.findings
    notes = (*_about(first), *(note for other in others for note in (other.what, *_about(other))))
    return Plan(
        words("{target}: {what}.", target=" ".join(filter(None, (one.id, one.name))), what=first.what),
        notes=(*notes, *made.facts.unread),
        file=_file(made),
    )


def _about(finding: Finding) -> Iterator[Words]:
    yield from finding.evidence
    yield words("What to do: {remedy}.", remedy=finding.remedy)
    yield from finding.offers


def _file(made: Diagnosis) -> File | None:
    """The statement that is missing, or what the instance wrote; the first cause that has one."""
    name = made.facts.one.id
    for one in made.findings:
        if one.statement:
            return File(f"statement-{name}.json", one.statement)
        if one.output:
            return File(f"console-{name}.txt", one.output)
    return None


def _shown(made: Diagnosis) -> Iterator[Words]:
    """What AWS shows of an instance for which no cause was found."""
    facts = made.facts
    if facts.one.state == "running":
        return
    if facts.message or facts.one.transition:
        yield words("EC2 says: {message}", message=facts.message or facts.one.transition)
    volumes = ", ".join(f"{one.id} {one.state}" for one in facts.volumes)
    yield words("its volumes: {volumes}", volumes=volumes or "–")
    interfaces = ", ".join(f"{one.id} {one.status}" for one in facts.body.interfaces)
    yield words("its network interfaces: {interfaces}", interfaces=interfaces or "–")
    for key in facts.keys:
        state = key.key.state if key.key else "?"
        yield words(
            "the key {key} is {state}, and the caller may use it as far as toban can see",
            key=key.arn,
            state=state,
        )


VERB = Verb(
    noun="ec2",
    name="why",
    help=words("Say why an instance does not run or is not well, and what to do about it."),
    args=Args,
    risk=Risk.NONE,
    iam=gather.READS,
    plan=plan,
    examples=(
        "/ec2 why i-0123456789abcdef0 --caller arn:aws:iam::111122223333:role/admin",
        "/ec2 why i-0123456789abcdef0",
    ),
)
