"""What changes toban itself goes the same path: its steps, its actions, and the place they are in."""

from collections.abc import Callable, Mapping, Sequence

from aws.account import Place
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.plan import Fields, Resource, Step
from bot.words import words

ACCOUNT = "toban"

Look = Callable[[World, Step], Fields | None]
"""The declared fields of a step's target now; None: it is gone."""
Do = Callable[[World, Step, str], None]
"""Make the one change, under this token; a second time it does no harm."""


def step(action: str, kind: str, name: str, before: Fields, after: Fields, **inputs: str) -> Step:
    """One change to something of toban's own."""
    needed = tuple(sorted(inputs.items()))
    return Step(f"{action}/{name}", action, resource(kind, name), before, after, inputs=needed)


def resource(kind: str, name: str) -> Resource:
    """Something of toban's own as a step's target."""
    return Resource(ACCOUNT, "", kind, name)


def given(one: Step, name: str) -> str:
    """What the call needs beside the target: an input of the step."""
    return dict(one.inputs)[name]


def action(
    name: str,
    look: Look,
    do: Do,
    *,
    risk: Risk = Risk.CHANGE,
    replay: Replay = Replay.REPEATABLE,
    whatever_happens: bool = False,
) -> Action:
    """An action over toban's own database: no AWS, one step a call."""

    def look_at_all(world: World, _place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
        seen = {one.key: look(world, one) for one in steps}
        return {key: shows for key, shows in seen.items() if shows is not None}

    def call(world: World, batch: Batch) -> Called:
        (one,) = batch.steps
        do(world, one, batch.token)
        return Called("")

    return Action(
        name=name,
        risk=risk,
        replay=replay,
        iam=(),
        look=look_at_all,
        call=call,
        watch=watch,
        whatever_happens=whatever_happens,
    )


def watch(_world: World, _place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """What was written to toban's own database is there."""
    return {one.step.key: Seen(Sight.REACHED, words("it is so")) for one in sent}
