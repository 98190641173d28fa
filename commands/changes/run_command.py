"""Run a document of Systems Manager on instances, many in one call, and fetch what it printed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from aws import command
from aws.account import Place
from aws.command import Invocation
from aws.redaction import redacted
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.plan import Resource, Step
from bot.words import Words, words
from commands.changes.freeze import look
from commands.reading import fields

BEGINS = timedelta(minutes=1)  # until an agent must have taken a command on
TELLS = timedelta(minutes=1)  # until Systems Manager tells of an end
FETCHED = 50  # outputs that are fetched whole in one look; the others wait for the next


@dataclass(frozen=True, slots=True)
class Work:
    """What is run."""

    document: str
    parameters: Mapping[str, Sequence[str]]
    within: timedelta  # from its beginning to its end
    version: str = "$DEFAULT"  # of the document: what was agreed to is what runs


def step(action: str, target: Resource, work: Work) -> Step:
    """The work on one instance, as a step of this action."""
    return Step(
        key=f"{action}/{target.account}/{target.region}/{target.id}",
        action=action,
        target=target,
        before=fields(instance="running"),
        after=fields(command="done"),
        inputs=fields(document=work.document, version=work.version, parameters=_written(work.parameters)),
        within=BEGINS + work.within + TELLS,
    )


def _written(parameters: Mapping[str, Sequence[str]]) -> str:
    return json.dumps({name: list(values) for name, values in parameters.items()}, sort_keys=True)


def call(world: World, batch: Batch) -> Called:
    """SendCommand for the instances of this batch, which all run the same."""
    more = dict(batch.steps[0].inputs)
    sent = command.send(
        world.aws.ssm_once(batch.place),
        [step.target.id for step in batch.steps],
        more["document"],
        json.loads(more["parameters"]),
        comment=comment(batch.operation),
        seconds=int(BEGINS.total_seconds()),
        version=more["version"],
    )
    return Called(sent.request_id, {step.key: sent.id for step in batch.steps})


def comment(operation: int) -> str:
    """How whoever looks in Systems Manager, and /run stop, find what an operation sent."""
    return f"toban #{operation}"


# -- what came of it -----------------------------------------------------------------------------------


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """How the commands stand, each looked at once; of those that are over, what they printed."""
    ssm = world.aws.ssm(place)
    ids = dict.fromkeys(one.result for one in sent if one.result)
    known = {id: command.invocations(ssm, id) for id in ids}
    shown = {one: found for one in sent if (found := known.get(one.result, {}).get(one.step.target.id))}
    long = [one for one, found in shown.items() if found.is_over and found.goes_on]
    for one in long[:FETCHED]:
        shown[one] = _whole(world, place, one, shown[one])
    later = {one.step.key: Seen(Sight.COMING, words("its output is fetched")) for one in long[FETCHED:]}
    return {one.step.key: seen(found) for one, found in shown.items()} | later


def _whole(world: World, place: Place, one: Sent, listed: Invocation) -> Invocation:
    """The same with all the output that Systems Manager kept."""
    ssm, at = world.aws.ssm(place), one.step.target.id
    steps = [command.invocation(ssm, one.result, at, name) for name in listed.steps]
    found = [each for each in steps if each is not None]
    return replace(
        listed,
        output="\n".join(text for each in found for text in (each.output, each.error) if text),
        was_cut=any(each.was_cut for each in found),
    )


def seen(shown: Invocation) -> Seen:
    """What an invocation means; what it printed goes with the words, without its secrets.  Pure."""
    if not shown.is_over:
        return Seen(Sight.COMING, words("the command is {status}", status=shown.status))
    output = redacted(shown.output.strip("\n"))
    if shown.status == "Success":
        return Seen(Sight.REACHED, _with(words("it returned {code}", code=shown.code), output, shown))
    return Seen(Sight.FAILED, _with(_failed(shown, output), output, shown))


def _with(said: Words, output: str, shown: Invocation) -> Words:
    """The words with the output beside them: who reads the sentence does not see it, who tells of it does."""
    return replace(said, values=(*said.values, ("cut", int(shown.was_cut)), ("output", output)))


def _failed(shown: Invocation, output: str) -> Words:
    if shown.status == "TimedOut":
        if "Delivery" in shown.details:
            return words("its agent did not take the command on in time, so it never ran there")
        return words("it did not end in time and was stopped")
    if shown.status == "Cancelled":
        return words("it was cancelled in Systems Manager")
    if shown.code <= 0:
        return words("Systems Manager says: {details}", details=shown.details or shown.status)
    said = next((line.strip() for line in reversed(output.splitlines()) if line.strip()), "–")
    return words("it returned {code}: {said}", code=shown.code, said=said[:200])


def printed(why: Words | None) -> str:
    """What the command printed, from the words of `seen`; "" when it printed nothing."""
    given = dict(why.values) if why else {}
    output = given.get("output", "")
    return output if isinstance(output, str) else ""


def was_cut(why: Words | None) -> bool:
    """Whether it printed more than was kept."""
    return bool(why and dict(why.values).get("cut"))


def _action(name: str) -> Action:
    return Action(
        name=name,
        risk=Risk.DESTROY,  # it may be any command, with the rights of root
        replay=Replay.AT_MOST_ONCE,
        iam=(
            "ec2:DescribeInstances",
            "ssm:GetCommandInvocation",
            "ssm:ListCommandInvocations",
            "ssm:SendCommand",
        ),
        look=look,
        call=call,
        watch=watch,
        most=command.MOST,
        every=timedelta(seconds=3),
        within=timedelta(minutes=12),
    )


RUN = _action("run.command")
DOCUMENT = _action("run.document")
