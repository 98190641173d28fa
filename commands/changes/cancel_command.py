"""End commands that still run on instances."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from aws import command
from aws.account import Place
from aws.command import Running
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.plan import Fields, Resource, Step
from bot.words import plural, words
from commands.reading import fields

RUNS, OVER = "running", "over"


def step(place: Place, one: Running) -> Step:
    """The end of one command, wherever it still runs."""
    target = Resource(place.account, place.region, "command", one.id, one.document)
    left = plural("it still runs on {n} instance", "it still runs on {n} instances", one.left)
    half = words("what it began may stay half done")
    return Step(
        key=f"run.stop/{place.account}/{place.region}/{one.id}",
        action="run.stop",
        target=target,
        before=fields(command=RUNS),
        after=fields(command=OVER),
        warnings=(left, half),
    )


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """Whether each command still runs somewhere."""
    running = {one.id for one in command.running(world.aws.ssm(place))}
    return {one.key: fields(command=RUNS if one.target.id in running else OVER) for one in steps}


def call(world: World, batch: Batch) -> Called:
    """CancelCommand; Systems Manager ends it where it can still be ended."""
    (one,) = batch.steps
    return Called(command.cancel(world.aws.ssm(batch.place), one.target.id))


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """Ended is what Systems Manager does not list as running any more."""
    running = {one.id: one for one in command.running(world.aws.ssm(place))}
    return {one.step.key: _seen(running.get(one.step.target.id)) for one in sent}


def _seen(found: Running | None) -> Seen:
    if found is None:
        return Seen(Sight.REACHED, words("it is over everywhere"))
    return Seen(
        Sight.COMING, plural("it still runs on {n} instance", "it still runs on {n} instances", found.left)
    )


STOP = Action(
    name="run.stop",
    risk=Risk.CHANGE,
    replay=Replay.REPEATABLE,
    iam=("ssm:CancelCommand", "ssm:ListCommands"),
    look=look,
    call=call,
    watch=watch,
    every=timedelta(seconds=3),
    within=timedelta(minutes=5),
)
