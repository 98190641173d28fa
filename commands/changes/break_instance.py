"""Terminate an instance, or stop it for a while.

A stop: toban dies before its call is committed: nothing happened.  After that: the call is made again, which
does no harm, and its way back is due once it was called, whether or not anybody knows how it went.  The way
back knows all that it needs: the id, and the target groups in which it shall be healthy again.  While the
instance still stops EC2 starts it not; then the way back is asked for again every few seconds.

A termination has no way back.  toban dies: it is asked for again, which does no harm.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from aws import instance
from aws.account import Place
from aws.errors import Refused, Throttled
from aws.instance import Instance
from aws.prepared import Prepared
from bot.command import WAY_BACK, Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.plan import Fields, Step
from bot.words import Words, words
from commands import instances
from commands.changes import instance_state, start_instances
from commands.changes.start_instances import SCARCE
from commands.diagnosis import gather
from commands.diagnosis.instance import explain
from commands.reading import fields

TERMINATES, STOPS, STARTS = "failover.terminate-instance", "failover.stop-instance", "failover.start-instance"
STILL_STOPS = "IncorrectInstanceState"
"""EC2's no to a start while the instance is stopping ("Error codes for the Amazon EC2 API")."""
_GONE = ("shutting-down", "terminated")


def terminating(
    place: Place, one: Instance, *, needs: tuple[str, ...] = (), warnings: tuple[Words, ...] = ()
) -> Step:
    """Terminate one instance that runs."""
    final = words("there is no way back: it is terminated, and so are its volumes that go with it")
    return _step(TERMINATES, place, one, "running", "terminated", needs, (*warnings, final))


def stopping(
    place: Place, one: Instance, *, needs: tuple[str, ...] = (), warnings: tuple[Words, ...] = ()
) -> Step:
    """Stop one instance that runs, and has since it was launched last.

    A later launch shows afterwards that it had stopped, when its way back was faster than the next look.
    """
    stop = _step(STOPS, place, one, "running", "stopped", needs, warnings)
    return replace(stop, before=fields(state="running", launched=_launched(one)))


def starting(stop: Step, lasts: timedelta, groups: Sequence[str] = ()) -> Step:
    """The way back of a stop, after so long; it shall be healthy in these target groups again (ARNs)."""
    return Step(
        key=stop.key.replace(STOPS, STARTS, 1),
        action=STARTS,
        target=stop.target,
        before=fields(state="stopped"),
        after=fields(state="running"),
        inputs=fields(groups=" ".join(groups)) if groups else (),
        follows=(stop.key,),
        undoes=stop.key,
        after_a_while=lasts,
    )


def prepared(_world: World, back: Step) -> Prepared:
    """The way back's call, for AWS to make."""
    return Prepared("ec2", "StartInstances", {"InstanceIds": [back.target.id]})


def _step(
    action: str,
    place: Place,
    one: Instance,
    before: str,
    after: str,
    needs: tuple[str, ...],
    warnings: tuple[Words, ...],
) -> Step:
    return Step(
        key=f"{action}/{place.account}/{place.region}/{one.id}",
        action=action,
        target=instances.resource(place, one),
        before=fields(state=before),
        after=fields(state=after),
        needs=needs,
        warnings=warnings,
    )


def _launched(one: Instance) -> str:
    return one.launched.isoformat() if one.launched else "–"


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """What each instance is now, and since when it runs."""
    found = instance.find(world.aws.ec2(place), ids=sorted({step.target.id for step in steps}))
    now = {one.id: fields(state=one.state, launched=_launched(one)) for one in found}
    return {step.key: now[step.target.id] for step in steps if step.target.id in now}


def look_back(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """The same for a way back: to one that is being terminated, by its group for example, there is none."""
    seen = look(world, place, steps)
    return {key: shows for key, shows in seen.items() if dict(shows)["state"] not in _GONE}


def terminate(world: World, batch: Batch) -> Called:
    """TerminateInstances."""
    ids = [step.target.id for step in batch.steps]
    return Called(instance.terminate(world.aws.ec2(batch.place), ids).request_id)


def stop(world: World, batch: Batch) -> Called:
    """StopInstances."""
    ids = [step.target.id for step in batch.steps]
    return Called(instance.stop(world.aws.ec2(batch.place), ids).request_id)


def start(world: World, batch: Batch) -> Called:
    """StartInstances.  Raises Throttled while EC2 still stops one: patience, and the same call will work."""
    try:
        return start_instances.call(world, batch)
    except Refused as error:
        if error.said.code == STILL_STOPS:
            raise Throttled(error.doing, error.said) from error
        raise


def watch_end(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """Terminated is what EC2 shows so; where it shows nothing of it any more, that is so as well."""
    there = instance_state.of_sent(world, place, sent)
    states = {one.step.key: there[one.step.key].state if one.step.key in there else "" for one in sent}
    return {key: _ended(state) for key, state in states.items()}


def _ended(state: str) -> Seen:
    if not state:
        return Seen(Sight.REACHED, words("EC2 does not show it any more"))
    return Seen(Sight.REACHED if state == "terminated" else Sight.COMING, words("it is {state}", state=state))


def watch_stop(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """Stopped is what EC2 shows so; a group that terminates it meanwhile has broken it as well."""
    there = instance_state.of_sent(world, place, sent)
    return {one.step.key: _stopped(one.step, there[one.step.key]) for one in sent if one.step.key in there}


def _stopped(step: Step, now: Instance) -> Seen:
    if now.state in ("stopped", *_GONE):
        return Seen(Sight.REACHED, words("it is {state}", state=now.state))
    if _launched(now) != dict(step.before)["launched"]:
        return Seen(Sight.REACHED, words("it was stopped, and is {state} again", state=now.state))
    return Seen(Sight.COMING, words("it is {state}", state=now.state))


TERMINATE_INSTANCE = Action(
    name=TERMINATES,
    risk=Risk.DESTROY,
    replay=Replay.REPEATABLE,
    iam=("ec2:DescribeInstances", "ec2:TerminateInstances"),
    look=look,
    call=terminate,
    watch=watch_end,
)

STOP_INSTANCE = Action(
    name=STOPS,
    risk=Risk.CHANGE,
    replay=Replay.REPEATABLE,
    iam=("ec2:DescribeInstances", "ec2:StopInstances"),
    look=look,
    call=stop,
    watch=watch_stop,
)

START_INSTANCE = Action(
    name=STARTS,
    risk=Risk.CHANGE,
    replay=Replay.REPEATABLE,
    iam=("ec2:StartInstances", "elasticloadbalancing:DescribeTargetHealth", *gather.READS),
    look=look_back,
    call=start,
    watch=start_instances.watch,
    within=WAY_BACK,
    whatever_happens=True,
    explain=explain,
    scarce=SCARCE,
)
