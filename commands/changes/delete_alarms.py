"""Delete CloudWatch alarms that are about nothing any more.

That is no destruction: whoever wants one back finds its whole definition in the step.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from aws import alarm
from aws.account import Place
from aws.alarm import Listed
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.plan import Fields, Resource, Step
from bot.words import words
from commands.reading import fields

NAME = "alarm.tidy"
GONE = fields(alarm="deleted")
LONGEST = 4000  # characters of a definition that are kept


def step(place: Place, one: Listed, about: str) -> Step:
    """The deletion of an alarm that was about something which is gone."""
    return Step(
        key=f"{NAME}/{place.account}/{place.region}/{one.name}",
        action=NAME,
        target=Resource(place.account, place.region, "alarm", one.name),
        before=_shown(one),
        after=GONE,
        inputs=fields(definition=one.definition[:LONGEST]),
        about=about,
    )


def _shown(one: Listed) -> Fields:
    return fields(alarm=" ".join(sorted(f"{name}={value}" for name, value in one.dimensions)))


# -- the deletion as an action -------------------------------------------------------------------------


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """What each alarm is about now; one that somebody has made anew about something else stays."""
    meant = {one.target.id for one in steps}
    found = alarm.named(alarm.client(world.aws, place), sorted(meant))
    there = {one.name: _shown(one) for one in found}
    return {one.key: there.get(one.target.id, GONE) for one in steps}


def call(world: World, batch: Batch) -> Called:
    """DeleteAlarms of all of the batch."""
    names = [one.target.id for one in batch.steps]
    return Called(alarm.delete(alarm.client(world.aws, batch.place), names))


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """Deleted is what CloudWatch no longer lists."""
    shows = look(world, place, [one.step for one in sent])
    gone = Seen(Sight.REACHED, words("it is deleted"))
    there = Seen(Sight.COMING, words("it is still there"))
    return {key: gone if seen == GONE else there for key, seen in shows.items()}


DELETE_ALARMS = Action(
    name=NAME,
    risk=Risk.CHANGE,
    replay=Replay.REPEATABLE,
    iam=("cloudwatch:DeleteAlarms", "cloudwatch:DescribeAlarms"),
    look=look,
    call=call,
    watch=watch,
    most=alarm.AT_MOST,
    every=timedelta(seconds=3),
)
