"""The end of an override where nothing is to be done: from that moment on its hours hold again."""

from datetime import datetime

from aws.account import Place
from aws.instance import Instance
from bot.command import World
from bot.plan import Fields, Step
from commands import here, instances
from commands.power.overrides import KEEP
from commands.reading import fields


def step(place: Place, one: Instance, state: str, until: datetime) -> Step:
    """Keep one instance in this state until then, and let go of it."""
    return Step(
        key=f"{KEEP}/{place.account}/{place.region}/{one.id}",
        action=KEEP,
        target=instances.resource(place, one),
        before=fields(kept=state),
        after=fields(kept="no longer"),
        not_before=until,
    )


def look(_world: World, step: Step) -> Fields:
    """It is kept until it is let go of: AWS knows nothing of it."""
    return step.before


def let_go(_world: World, _step: Step, _token: str) -> None:
    """Nothing has to be called: what kept it was that this step had not been done."""


LET_GO = here.action(KEEP, look, let_go)
