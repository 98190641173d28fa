"""Make a CloudWatch Synthetics canary and let it run.

toban dies before the call is committed: nothing was made.  After it: the next start looks, and a canary of
this name is there or is made then; a name can be given once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import timedelta

from aws import canary
from aws.account import Place
from aws.canary import Canary, Wanted
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.plan import Fields, Resource, Step
from bot.words import Words, words
from commands.generations.tags import MADE_BY, TOKEN
from commands.reading import fields

MAKE_NAME, START_NAME = "failover.make-canary", "failover.start-canary"
NONE, THERE = fields(canary="none"), fields(canary="there")
STILL, RUNS = fields(runs="no"), fields(runs="yes")


def making(place: Place, wanted: Wanted, warnings: tuple[Words, ...] = ()) -> Step:
    """The canary, which does not run yet."""
    return Step(
        key=f"{MAKE_NAME}/{place.account}/{place.region}/{wanted.name}",
        action=MAKE_NAME,
        target=_target(place, wanted.name),
        before=NONE,
        after=THERE,
        inputs=fields(**{name: str(value) for name, value in asdict(wanted).items()}),
        warnings=warnings,
    )


def starting(place: Place, name: str, *, needs: tuple[str, ...] = ()) -> Step:
    """It runs."""
    return Step(
        key=f"{START_NAME}/{place.account}/{place.region}/{name}",
        action=START_NAME,
        target=_target(place, name),
        before=STILL,
        after=RUNS,
        needs=needs,
    )


def _target(place: Place, name: str) -> Resource:
    return Resource(place.account, place.region, "canary", name)


def _there(world: World, place: Place, steps: Sequence[Step]) -> dict[str, Canary | None]:
    client = canary.client(world.aws, place)
    return {one.key: canary.find(client, one.target.id) for one in steps}


# -- making as an action -------------------------------------------------------------------------------


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """Whether there is one of this name; that there is none is one of the ways."""
    return {key: NONE if one is None else THERE for key, one in _there(world, place, steps).items()}


def call(world: World, batch: Batch) -> Called:
    """CreateCanary, with the script for its address."""
    (one,) = batch.steps
    given = dict(one.inputs)
    wanted = Wanted(**{**given, "minutes": int(given["minutes"])})  # type: ignore[arg-type]  # the rest is text
    tags = {MADE_BY: str(batch.operation), TOKEN: batch.token}
    return Called(canary.create(canary.client(world.aws, batch.place), wanted, tags))


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """It is made once it could run."""
    there = _there(world, place, [one.step for one in sent])
    return {key: _seen(one) for key, one in there.items() if one is not None}


def _seen(one: Canary) -> Seen:
    shows = words("the canary is {state}", state=one.state)
    if one.state == "ERROR":
        return Seen(Sight.FAILED, words("the canary could not be made: {why}", why=one.why or "ERROR"))
    return Seen(Sight.COMING if one.state in {"CREATING", "DELETING"} else Sight.REACHED, shows)


MAKE = Action(
    name=MAKE_NAME,
    risk=Risk.CHANGE,
    replay=Replay.REPEATABLE,
    iam=(
        "iam:PassRole",  # for the role that it runs as
        "lambda:AddPermission",
        "lambda:CreateFunction",
        "lambda:GetFunctionConfiguration",
        "lambda:PublishVersion",
        "synthetics:CreateCanary",
        "synthetics:DescribeCanaries",
        "synthetics:TagResource",
    ),
    look=look,
    call=call,
    watch=watch,
)


# -- starting as an action -----------------------------------------------------------------------------


def look_whether_it_runs(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """Whether it runs; nothing of one that is gone."""
    there = _there(world, place, steps)
    return {key: RUNS if one.runs else STILL for key, one in there.items() if one is not None}


def start(world: World, batch: Batch) -> Called:
    """StartCanary."""
    (one,) = batch.steps
    return Called(canary.start(canary.client(world.aws, batch.place), one.target.id))


def watch_whether_it_runs(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """It is so when Synthetics says that it runs."""
    there = _there(world, place, [one.step for one in sent])
    return {
        key: Seen(
            Sight.REACHED if one.state == "RUNNING" else Sight.COMING,
            words("the canary is {state}", state=one.state),
        )
        for key, one in there.items()
        if one is not None
    }


START = Action(
    name=START_NAME,
    risk=Risk.CHANGE,
    replay=Replay.REPEATABLE,
    iam=("synthetics:DescribeCanaries", "synthetics:StartCanary"),
    look=look_whether_it_runs,
    call=start,
    watch=watch_whether_it_runs,
    within=timedelta(minutes=5),
)
