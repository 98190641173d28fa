"""The steady state: nothing is broken until all probes have been well for a while.

toban dies before `call` is committed: nothing was begun.  After it: the drill is a row, which the next start
goes on with.  A drill that is begun a second time is the same.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from aws.account import Place
from aws.errors import Refused
from aws.said import Said
from bot import drill
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.drill import Drill, Spec
from bot.measure import Judgement, steady
from bot.plan import Fields, Resource, Step
from bot.words import Words, words
from commands.reading import fields

NAME = "failover.steady"
NONE = "none"
LATE = timedelta(seconds=30)  # that a first answer may take


WATCHES = (
    "autoscaling:DescribeScalingActivities",
    "cloudwatch:DescribeAlarms",
    "elasticache:DescribeEvents",
    "elasticloadbalancing:DescribeTargetHealth",
    "rds:DescribeEvents",
)
"""What is asked of AWS from here to the end, for the drill's axis and for its alarms (`jobs/drills`)."""


def step(spec: Spec, target: Resource) -> Step:
    """Begin to probe, and see that all is well; what is broken needs it."""
    return Step(
        key=f"{NAME}/{spec.account}/{spec.region}",
        action=NAME,
        target=target,
        before=fields(drill=NONE),
        after=fields(drill="steady"),
        inputs=fields(spec=json.dumps(drill.to_json(spec), sort_keys=True)),
        within=spec.before + LATE,
    )


def look(world: World, _place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """Whether another drill is under way in the account."""
    busy = {one.spec.account: one.number for one in world.drills.find(open_only=True)}
    return {
        one.key: fields(drill=f"#{busy[one.target.account]}" if one.target.account in busy else NONE)
        for one in steps
    }


def call(world: World, batch: Batch) -> Called:
    """Begin the drill.  Raises Refused while another one is under way in the account."""
    (one,) = batch.steps
    why = world.drills.begin(batch.operation, spec_of(one), world.asker, world.now)
    if why:
        raise Refused("beginning the drill", Said(why, service="toban"))
    return Called("")


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """It is steady when every probe was well for as long as the plan says."""
    seen = _seen(world, under_way(world, place))
    return {one.step.key: seen for one in sent}


def under_way(world: World, place: Place) -> Drill | None:
    """The drill of a place's account: there is one at a time."""
    every = world.drills.find(open_only=True)
    return next((one for one in every if one.spec.account == place.account), None)


def _seen(world: World, found: Drill | None) -> Seen:
    if found is None:
        return Seen(Sight.FAILED, words("the drill is not there (any more)"))
    if found.stopped:
        return Seen(Sight.FAILED, found.stopped)
    whole = world.now - found.begun >= found.spec.before
    judged = well(world, found, max(found.begun, world.now - found.spec.before))
    if not whole:
        left = found.begun + found.spec.before - world.now
        return Seen(Sight.COMING, words("all has to be well for another {left}", left=_seconds(left)))
    return Seen(Sight.REACHED if judged.ok else Sight.COMING, judged.why)


def well(world: World, one: Drill, since: datetime) -> Judgement:
    """Whether every probe was well since then; the first that was not says why."""
    samples = world.drills.samples(one.number, since)
    judged = [steady(samples, probe, since, world.now) for probe in one.spec.probes]
    return next((each for each in judged if not each.ok), judged[0])


def spec_of(one: Step) -> Spec:
    """What the plan said and people approved."""
    return drill.from_json(json.loads(dict(one.inputs)["spec"]))


def _seconds(left: timedelta) -> timedelta:
    return timedelta(seconds=max(1, round(left.total_seconds())))


def said(spec: Spec) -> Words:
    """What has to hold, for the plan."""
    return words(
        "before anything is broken, {probes} must have been well for {before}",
        probes=", ".join(one.name for one in spec.probes),
        before=spec.before,
    )


STEADY = Action(
    name=NAME,
    risk=Risk.CHANGE,
    replay=Replay.REPEATABLE,
    iam=WATCHES,
    look=look,
    call=call,
    watch=watch,
    every=timedelta(seconds=2),
    within=timedelta(minutes=2),
)
