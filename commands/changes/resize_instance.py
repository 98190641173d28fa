"""Give an instance another type: stopped, changed, and started again if it ran.

Each of the five steps is a row, so whoever goes on after a death goes on where it stopped:

    stop     it is stopped
    resize   it has the new type                  (needs stop)
    start    it runs again, as whatever it is     (needs stop, follows resize: also when EC2 refused the type)
    back     it has its old type again            (follows start; only if EC2 did not take the start on)
    again    it runs as before                    (needs back)

When the start is taken on, which is nearly always, "back" and "again" find that it is so already.  A start
that was taken on and fell back later is not undone: its reason is shown, and decides what helps.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from aws import instance_attribute
from aws.account import Place
from aws.instance import Instance
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.plan import Step
from bot.words import Words, words
from commands import instances
from commands.changes import instance_state, start_instances, stop_instances
from commands.changes.instance_state import NEEDED, NOT_NEEDED
from commands.reading import fields

NAME = "ec2.resize"


def steps(
    place: Place, one: Instance, type_: str, *, within: timedelta | None, warnings: tuple[Words, ...]
) -> tuple[Step, ...]:
    """What it takes to give an instance this type; one that is stopped stays so."""
    if one.state == "stopped":
        return (_resize(place, one, type_, within=within, warnings=warnings),)
    stop = stop_instances.step(place, one, within=within, warnings=warnings)
    resize = replace(_resize(place, one, type_, within=within), needs=(stop.key,))
    start = replace(start_instances.step(place, one, within=within), needs=(stop.key,), follows=(resize.key,))
    back = _back(place, one, type_, start)
    again = replace(
        start,
        key=f"{start.key}/again",
        before=fields(way_back=NEEDED),
        after=fields(way_back=NOT_NEEDED),
        needs=(back.key,),
        follows=(),
        warnings=(words("only if that is needed"),),
    )
    return stop, resize, start, back, again


def _resize(
    place: Place, one: Instance, type_: str, *, within: timedelta | None, warnings: tuple[Words, ...] = ()
) -> Step:
    return Step(
        key=f"{NAME}/{place.account}/{place.region}/{one.id}",
        action=NAME,
        target=instances.resource(place, one),
        before=fields(state="stopped", type=one.type),
        after=fields(type=type_),
        inputs=fields(type=type_),
        within=within,
        warnings=warnings,
    )


def _back(place: Place, one: Instance, type_: str, start: Step) -> Step:
    return Step(
        key=f"{NAME}/{place.account}/{place.region}/{one.id}/back",
        action=NAME,
        target=instances.resource(place, one),
        before=fields(type=type_, way_back=NEEDED),
        after=fields(way_back=NOT_NEEDED),
        inputs=fields(type=one.type),
        follows=(start.key,),
        warnings=(words("only if EC2 does not start it: then its type is {type} again", type=one.type),),
    )


# -- the change of the type as an action ---------------------------------------------------------------


def call(world: World, batch: Batch) -> Called:
    """ModifyInstanceAttribute of one."""
    (step,) = batch.steps
    type_ = dict(step.inputs)["type"]
    return Called(instance_attribute.change_type(world.aws.ec2(batch.place), step.target.id, type_))


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """Resized is what EC2 shows with that type."""
    found = instance_state.of_sent(world, place, sent)
    return {one.step.key: _seen(one, found[one.step.key]) for one in sent if one.step.key in found}


def _seen(sent: Sent, one: Instance) -> Seen:
    wanted = dict(sent.step.inputs)["type"]
    shows = words("its type is {type}", type=one.type)
    return Seen(Sight.REACHED if one.type == wanted else Sight.COMING, shows)


RESIZE = Action(
    name=NAME,
    risk=Risk.CHANGE,
    replay=Replay.REPEATABLE,
    iam=("ec2:DescribeInstances", "ec2:ModifyInstanceAttribute"),
    look=instance_state.look,
    call=call,
    watch=watch,
    every=timedelta(seconds=3),
    within=timedelta(minutes=5),
)
