"""After the way back: whether all is well again, and in what time.

It is a way back itself, of the drill's beginning: whatever happens to the rest, the drill ends with it.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from aws.account import Place
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.drill import Drill, Source, Spec
from bot.plan import Fields, Step
from bot.words import words
from commands.failover import _steady
from commands.reading import fields

NAME = "failover.recovered"
GOOD = timedelta(seconds=5)  # so long at least all is well, before it is said
TO_VERIFY = timedelta(minutes=15)  # that AWS may take until it shows all that is put back


def step(spec: Spec, steady: Step, ways_back: Sequence[Step]) -> Step:
    """Look, once all is put back, until all is well."""
    return Step(
        key=f"{NAME}/{spec.account}/{spec.region}",
        action=NAME,
        target=steady.target,
        before=fields(drill="broken"),
        after=fields(drill="recovered"),
        follows=tuple(one.key for one in ways_back),
        undoes=steady.key,
        within=spec.after + TO_VERIFY,
    )


def look(_world: World, _place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """It is not known yet."""
    return {one.key: fields(drill="broken") for one in steps}


def call(_world: World, batch: Batch) -> Called:
    """All is put back as far as toban's calls go; from here on it is looked."""
    return Called("", {one.key: str(batch.operation) for one in batch.steps})


def watch(world: World, _place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """It is over when AWS shows that all is put back, and every probe was well for a while."""
    return {one.step.key: _seen(world, world.drills.get(int(one.result))) for one in sent}


def _seen(world: World, found: Drill | None) -> Seen:
    if found is None:  # toban died before it was begun, and somebody ended it
        return Seen(Sight.REACHED, words("nothing was broken"))
    if found.broken is None and not _is_called(world, found):
        return Seen(Sight.REACHED, words("nothing was broken"))
    if found.restored is None:
        return Seen(Sight.COMING, words("not all is put back yet"))
    return _judged(world, found)


def _is_called(world: World, found: Drill) -> bool:
    """Whether a fault was: the watcher, which notes that, may look when the fault has ended already."""
    marks = world.drills.marks(found.number)
    return any(one.source is Source.TOBAN and not one.way_back for one in marks)


def _judged(world: World, found: Drill) -> Seen:
    good = max(GOOD, min(found.spec.before, found.spec.after))
    since = world.now - good
    if found.restored and since < found.restored:
        return Seen(Sight.COMING, words("whether all is well again shows in a moment"))
    judged = _steady.well(world, found, since)
    if judged.ok:
        return Seen(Sight.REACHED, judged.why)
    late = found.restored is not None and world.now > found.restored + found.spec.after
    return Seen(Sight.FAILED if late and _is_ill(world, found, since) else Sight.COMING, judged.why)


def _is_ill(world: World, found: Drill, since: datetime) -> bool:
    """Whether users saw an error: that nobody asked, since toban was down, is waited out instead."""
    return any(one.tells and not one.ok for one in world.drills.samples(found.number, since))


RECOVERED = Action(
    name=NAME,
    risk=Risk.CHANGE,
    replay=Replay.REPEATABLE,
    iam=(),
    look=look,
    call=call,
    watch=watch,
    every=timedelta(seconds=2),
    within=timedelta(minutes=5),
    whatever_happens=True,
)
