"""Freeze what writes to an instance's volumes while its snapshots are begun; thaw it, whatever happens.

A command that is typed runs as a shell script, and with it goes a timer on the instance itself, which thaws
when toban does not come in time.  A document (document:NAME) is run as it is.
"""

import shlex
from collections.abc import Mapping, Sequence
from datetime import timedelta

from aws import command, instance
from aws.account import Place
from aws.redaction import redacted
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.plan import Fields, Resource, Step
from bot.words import words
from commands.generations.order import Freeze
from commands.reading import fields

BEFORE, AFTER = "command.before", "command.after"
DOCUMENT = "document:"
TIMED_OUT = 75  # what the thaw returns when the timer was faster: EX_TEMPFAIL of sysexits.h


def steps(target: Resource, freeze: Freeze, frozen: Sequence[str], about: str) -> tuple[Step, Step]:
    """The freeze of an instance, and its way back, for which the calls of the `frozen` steps must be over."""
    limit = timedelta(seconds=freeze.seconds)
    where = f"{target.account}/{target.region}/{target.id}"
    first = Step(
        key=f"{BEFORE}/{where}",
        action=BEFORE,
        target=target,
        before=fields(instance="running"),
        after=fields(command="done"),
        inputs=fields(run=freeze.before, thaw=freeze.after, seconds=str(freeze.seconds)),
        warnings=(words("it stands still for a moment, at most {limit}", limit=limit),),
        about=about,
    )
    way_back = Step(
        key=f"{AFTER}/{where}",
        action=AFTER,
        target=target,
        before=fields(instance="running"),
        after=fields(command="done"),
        inputs=fields(run=freeze.after),
        follows=tuple(frozen),
        undoes=first.key,
        about=about,
    )
    return first, way_back


# -- the scripts; pure ---------------------------------------------------------------------------------


def freezing(run: str, thaw: str, seconds: int, mark: str) -> list[str]:
    """The script that freezes, once its timer runs: a freeze that hangs is thawed too."""
    late = f"sleep {seconds}; touch {mark}.late; {thaw}"
    return [
        f"rm -f {mark}.late",
        f"setsid sh -c {shlex.quote(late)} >/dev/null 2>&1 & echo $! > {mark}.timer",
        run,
    ]


def thawing(run: str, mark: str) -> list[str]:
    """The script that thaws and stops the timer; it may be run twice."""
    return [
        f'[ -f {mark}.timer ] && kill -- "-$(cat {mark}.timer)" 2>/dev/null',
        f"rm -f {mark}.timer",
        run,
        f"[ ! -f {mark}.late ] || exit {TIMED_OUT}",
    ]


def _mark(batch: Batch) -> str:
    """A file on the instance, the same for a freeze and its way back."""
    return f"/run/toban-{batch.operation}"


# -- as actions ----------------------------------------------------------------------------------------


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """Whether each instance runs; on another nothing writes, and nothing can be run."""
    found = instance.find(world.aws.ec2(place), ids=[step.target.id for step in steps])
    states = {one.id: one.state for one in found}
    return {step.key: fields(instance=states[step.target.id]) for step in steps if step.target.id in states}


def freeze(world: World, batch: Batch) -> Called:
    """SendCommand with what freezes, and the timer that thaws."""
    (step,) = batch.steps
    more = dict(step.inputs)
    script = freezing(more["run"], more["thaw"], int(more["seconds"]), _mark(batch))
    return _send(world, batch, step, more["run"], script, int(more["seconds"]))


def thaw(world: World, batch: Batch) -> Called:
    """SendCommand with what thaws."""
    (step,) = batch.steps
    run = dict(step.inputs)["run"]
    return _send(world, batch, step, run, thawing(run, _mark(batch)), 600)


def _send(world: World, batch: Batch, step: Step, run: str, script: Sequence[str], seconds: int) -> Called:
    document, parameters = command.SHELL, {"commands": script}
    if run.startswith(DOCUMENT):
        document, parameters = run.removeprefix(DOCUMENT), {}
    sent = command.send(
        world.aws.ssm_once(batch.place),
        [step.target.id],
        document,
        parameters,
        comment=f"toban #{batch.operation}",
        seconds=seconds,
    )
    return Called(sent.request_id, {step.key: sent.id})


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """How each command stands on its instance."""
    ssm = world.aws.ssm_once(place)
    found = {
        one.step.key: (one, command.invocation(ssm, one.result, one.step.target.id))
        for one in sent
        if one.result
    }
    return {key: _seen(shown) for key, (_, shown) in found.items() if shown is not None}


def _seen(shown: command.Invocation) -> Seen:
    if shown.status == "Success":
        return Seen(Sight.REACHED, words("the command is done"))
    if not shown.is_over:
        return Seen(Sight.COMING, words("the command is {status}", status=shown.status))
    if shown.code == TIMED_OUT:
        return Seen(
            Sight.FAILED, words("it thawed by its timer before the snapshots: they are of a moving disk")
        )
    said = redacted(shown.error or shown.output).strip()[-200:]
    return Seen(
        Sight.FAILED,
        words("the command {status} with {code}: {said}", status=shown.status, code=shown.code, said=said),
    )


FREEZE = Action(
    name=BEFORE,
    risk=Risk.DESTROY,  # it may be any command, with the rights of root
    replay=Replay.AT_MOST_ONCE,
    iam=("ec2:DescribeInstances", "ssm:GetCommandInvocation", "ssm:SendCommand"),
    look=look,
    call=freeze,
    watch=watch,
    every=timedelta(seconds=2),
    within=timedelta(minutes=10),
)
THAW = Action(
    name=AFTER,
    risk=Risk.CHANGE,
    replay=Replay.REPEATABLE,
    iam=("ec2:DescribeInstances", "ssm:GetCommandInvocation", "ssm:SendCommand"),
    look=look,
    call=thaw,
    watch=watch,
    every=timedelta(seconds=2),
    within=timedelta(minutes=15),
    whatever_happens=True,
)
