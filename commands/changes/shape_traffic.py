"""Let instances send late, or lose what they send, by a command on them; and the way back.

The timer that ends it runs on the instance (`traffic_script.py`), so whatever dies, it ends.  toban dies
before the command is sent: nothing happened, and it is sent then.  After that, until its answer is committed:
it is not sent again, the step ends as unknown, and the way back is made all the same; a command that comes
after its way back finds that, and changes nothing.  Later: the way back is a row, and may be sent twice.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from aws import command, instance
from aws.account import Place
from aws.command import Invocation
from aws.redaction import redacted
from bot.command import WAY_BACK, Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.plan import Fields, Resource, Step
from bot.words import Words, words
from commands.changes import run_command, traffic_script
from commands.changes.traffic_script import Shape
from commands.reading import fields

SHAPE_NAME, FREE_NAME = "failover.shape-traffic", "failover.free-traffic"
BEGINS = 60  # seconds until an agent must have taken a command on
TAKES = 120  # seconds a script may run at most
SPOILT, FREE = "spoilt", "free"
_OFF = ("stopped", "terminated")
"""States in which an instance has no queue any more: it is not kept over a start."""


def shaping(
    target: Resource,
    shape: Shape,
    lasts: timedelta,
    *,
    needs: tuple[str, ...] = (),
    warnings: tuple[Words, ...] = (),
) -> Step:
    """Spoil what an instance sends, for so long at most."""
    return Step(
        key=f"{SHAPE_NAME}/{target.account}/{target.region}/{target.id}",
        action=SHAPE_NAME,
        target=target,
        before=fields(instance="running"),
        after=fields(traffic=SPOILT),
        inputs=fields(
            delay_ms=str(shape.delay_ms),
            jitter_ms=str(shape.jitter_ms),
            loss=str(shape.loss),
            port=str(shape.port),
            seconds=f"{lasts.total_seconds():.0f}",
        ),
        needs=needs,
        warnings=warnings,
    )


def freeing(shaped: Step, lasts: timedelta) -> Step:
    """The way back, after so long: nothing but the queue that the kernel gives every interface."""
    target = shaped.target
    return Step(
        key=f"{FREE_NAME}/{target.account}/{target.region}/{target.id}",
        action=FREE_NAME,
        target=target,
        before=fields(traffic=SPOILT),
        after=fields(traffic=FREE),
        follows=(shaped.key,),
        undoes=shaped.key,
        after_a_while=lasts,
    )


def shape_of(step: Step) -> Shape:
    """What the plan said and people approved."""
    given = dict(step.inputs)
    return Shape(int(given["delay_ms"]), int(given["jitter_ms"]), int(given["loss"]), int(given["port"]))


# -- both as actions -----------------------------------------------------------------------------------


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """Whether each instance runs; one that does not has no queue to be spoilt.  The rest only it knows."""
    found = instance.find(world.aws.ec2(place), ids=[step.target.id for step in steps])
    states = {one.id: one.state for one in found}
    return {step.key: _shown(states[step.target.id]) for step in steps if step.target.id in states}


def _shown(state: str) -> Fields:
    return fields(instance=state, traffic=FREE) if state in _OFF else fields(instance=state)


def shape(world: World, batch: Batch) -> Called:
    """SendCommand with the script that spoils it."""
    (step,) = batch.steps
    lasts = timedelta(seconds=int(dict(step.inputs)["seconds"]))
    return _send(world, batch, step, traffic_script.shaping(shape_of(step), lasts, batch.operation))


def free(world: World, batch: Batch) -> Called:
    """SendCommand with the script that ends it."""
    (step,) = batch.steps
    return _send(world, batch, step, traffic_script.ending(batch.operation))


def _send(world: World, batch: Batch, step: Step, script: Sequence[str]) -> Called:
    sent = command.send(
        world.aws.ssm_once(batch.place),
        [step.target.id],
        command.SHELL,
        {"commands": script, "executionTimeout": [str(TAKES)]},
        comment=run_command.comment(batch.operation),
        seconds=BEGINS,
    )
    return Called(sent.request_id, {step.key: sent.id})


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """It is so when the script says so; what it printed is shown."""
    ssm = world.aws.ssm(place)
    found = {
        one.step.key: command.invocation(ssm, one.result, one.step.target.id) for one in sent if one.result
    }
    back = {one.step.key for one in sent if one.step.undoes}
    return {
        key: _seen(shown, is_back=key in back)
        for key, shown in found.items()
        if shown is not None
    }  # fmt: skip


def _seen(shown: Invocation, *, is_back: bool) -> Seen:
    if not shown.is_over:
        return Seen(Sight.COMING, words("the command is {status}", status=shown.status))
    said = redacted(shown.output or shown.error).strip()[:600]
    if shown.status != "Success":
        why = words(
            "the command {status} with {code}: {said}", status=shown.status, code=shown.code, said=said
        )
        return Seen(Sight.FAILED, _still(why) if is_back else why)
    if is_back:
        return Seen(Sight.REACHED, words("what it sends is free again: {said}", said=said or "–"))
    return Seen(Sight.REACHED, words("what it sends is spoilt: {said}", said=said or "–"))


def _still(why: Words) -> Words:
    return words("{why}; the timer on the instance itself ends it", why=why)


IAM = ("ec2:DescribeInstances", "ssm:GetCommandInvocation", "ssm:SendCommand")
SHAPE = Action(
    name=SHAPE_NAME,
    risk=Risk.CHANGE,
    replay=Replay.AT_MOST_ONCE,
    iam=IAM,
    look=look,
    call=shape,
    watch=watch,
    every=timedelta(seconds=2),
    within=timedelta(minutes=4),
)
RELEASE = Action(
    name=FREE_NAME,
    risk=Risk.CHANGE,
    replay=Replay.REPEATABLE,
    iam=IAM,
    look=look,
    call=free,
    watch=watch,
    every=timedelta(seconds=2),
    within=WAY_BACK,
    whatever_happens=True,
    scarce=frozenset({"InvalidInstanceId"}),  # which says that its agent is silent just now
)
