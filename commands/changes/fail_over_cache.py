"""Fail a shard of a cache over: one of its replicas becomes the primary, and the old one is made anew.

toban dies before the call is committed: nothing happened.  After that, until its answer is: it is not called
again, and the step ends as unknown.  Later: the wait is a row, and ElastiCache carries it through whoever
looks.  There is no way back but to do it again; which replica takes over, ElastiCache decides.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from aws import cache
from aws.account import Place
from aws.cache import Cache, Shard
from aws.database import Happening
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.plan import Fields, Step
from bot.words import Words, words
from commands import caches
from commands.reading import fields

NAME = "failover.fail-over-cache"
COMPLETES = "failover from "  # primary node … to replica node … completed ("TestFailover")


def failing_over(
    place: Place,
    one: Cache,
    shard: Shard,
    *,
    needs: tuple[str, ...] = (),
    warnings: tuple[Words, ...] = (),
) -> Step:
    """Fail one shard over, of a cache that is available and has replicas."""
    return Step(
        key=f"{NAME}/{place.account}/{place.region}/{one.id}/{shard.id}",
        action=NAME,
        target=caches.resource(place, one),
        before=_fields(one, shard.id),
        after=fields(failover="completed"),
        inputs=fields(shard=shard.id),
        needs=needs,
        warnings=(*warnings, _stays(shard)),
    )


def why_not(one: Cache, shard: Shard) -> Words | None:
    """Why a shard cannot be failed over; None: it can be."""
    if one.state != "available":
        return words("it is {state}", state=one.state)
    if one.fails_over != "enabled":
        return words("its automatic failover is {state}", state=one.fails_over or "–")
    if len(shard.nodes) < 2:
        return words("its shard {shard} has no replica: nothing can take over", shard=shard.id)
    return None


def _stays(shard: Shard) -> Words:
    home = shard.primary.zone if shard.primary else ""
    return words(
        "there is no way back: the primary of shard {shard} stays in another zone than {home}, until it is"
        " failed over again; AWS lets an account test 15 shards in 24 hours",
        shard=shard.id,
        home=home or "–",
    )


def _fields(one: Cache, shard_id: str) -> Fields:
    shard = next((each for each in one.shards if each.id == shard_id), None)
    primary = shard.primary if shard else None
    return fields(failover=one.fails_over, primary=primary.id if primary else "–", state=one.state)


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """Which node of each shard is written to, and whether it can be failed over."""
    there = _there(world, place, steps)
    return {
        one.key: _fields(there[one.target.id], dict(one.inputs)["shard"])
        for one in steps
        if one.target.id in there
    }


def _there(world: World, place: Place, steps: Sequence[Step]) -> dict[str, Cache]:
    elasticache = cache.client(world.aws, place)
    return {one.id: one for id_ in {step.target.id for step in steps} for one in cache.find(elasticache, id_)}


def call(world: World, batch: Batch) -> Called:
    """TestFailover; when that was, by ElastiCache's clock, is kept as what came of it."""
    (step,) = batch.steps
    elasticache = cache.client(world.aws, batch.place, once=True)
    done = cache.fail_over(elasticache, step.target.id, dict(step.inputs)["shard"], otherwise=world.now)
    return Called(done.request_id, {step.key: done.at.isoformat()})


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """Over is what was noted as completed since the call, and is available, its old primary made anew."""
    there = _there(world, place, [one.step for one in sent])
    return {
        one.step.key: _seen(world, place, one, there[one.step.target.id].state)
        for one in sent
        if one.step.target.id in there
    }


def _seen(world: World, place: Place, one: Sent, state: str) -> Seen:
    if state in ("deleting", "create-failed"):
        return Seen(Sight.FAILED, words("it is {state}", state=state))
    asked = datetime.fromisoformat(one.result)
    elasticache = cache.client(world.aws, place)
    noted = cache.since(elasticache, one.step.target.id, asked, now=world.now)
    completed = next((each for each in noted if _completes(each)), None)
    if completed is None:
        return Seen(
            Sight.COMING,
            words("it is {state}, and ElastiCache has noted no failover as completed yet", state=state),
        )
    shows = words(
        "it is {state}; ElastiCache noted at {at}: {event}",
        state=state,
        at=f"{completed.at.astimezone(world.zone):%H:%M:%S}",
        event=completed.message.rstrip("."),
    )
    return Seen(Sight.REACHED if state == "available" else Sight.COMING, shows)


def _completes(one: Happening) -> bool:
    said = one.message.strip().rstrip(".").casefold()
    return said.startswith(COMPLETES) and said.endswith("completed")


FAIL_OVER_CACHE = Action(
    name=NAME,
    risk=Risk.CHANGE,
    replay=Replay.AT_MOST_ONCE,
    iam=(
        "elasticache:DescribeEvents",
        "elasticache:DescribeReplicationGroups",
        "elasticache:TestFailover",
    ),
    look=look,
    call=call,
    watch=watch,
    within=timedelta(minutes=30),
)
