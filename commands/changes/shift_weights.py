"""Shift a name's traffic to other records, and bring it home: exactly the weights or roles that were there.

What happens when toban dies:
- before the intent of a shift is committed: nothing was sent, and the shift goes on at the next start;
- after it, before the call or before its answer is committed: the next start looks.  Route 53 shows the old
  weights, and the same call is made again, or the new ones, and it was made: a change batch happens whole;
- after the answer, before Route 53 is in sync: the wait is a row;
- while the traffic is away: the way back is a row with the weights to restore and its moment;
- in the way back: the same as in a shift.  It reads the records anew, gives each its old weight and leaves
  whatever else somebody changed of them; it needs nothing but Route 53.
Route 53 has no timer of its own, so the way back needs toban, or a timer that EventBridge Scheduler holds.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta

from aws import record, route53
from aws.account import Place
from aws.prepared import Prepared
from aws.record import Record
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.plan import Fields, Resource, Step
from bot.words import Words, words
from commands.changes import traffic
from commands.reading import fields

SHIFT_NAME, RESTORE_NAME = "failover.shift-traffic", "failover.restore-traffic"
BETWEEN, SETTLED = fields(traffic="between two regions"), fields(traffic="all there, or as it was")
"""Of a way back that is needed only when the last stage was not reached."""


def shifting(
    target: Resource,
    zone_id: str,
    before: Fields,
    after: Fields,
    stage: int,
    *,
    needs: tuple[str, ...] = (),
    warnings: tuple[Words, ...] = (),
) -> Step:
    """One stage of a shift, to so many percent: `before` and `after` are as `traffic.shown` reads records."""
    return Step(
        key=f"{SHIFT_NAME}/{target.account}/{target.id}/{stage}",
        action=SHIFT_NAME,
        target=target,
        before=before,
        after=after,
        inputs=fields(zone=zone_id),
        needs=needs,
        warnings=warnings,
    )


def restoring(shifts: Sequence[Step], lasts: timedelta | None, records: Sequence[Record] = ()) -> Step:
    """The way home of all stages: so long after the last one, or at once when it is cancelled.

    Without `lasts` the traffic stays where the last stage led it, and goes home only from half way there.
    `records` as they are now are what AWS itself may put back.
    """
    first, last = shifts[0], shifts[-1]
    given = dict(first.inputs)
    if lasts is not None and records:
        given["records"] = json.dumps([dict(one.raw) for one in records], sort_keys=True)
    if lasts is None:
        given["home"], given["there"] = json.dumps(first.before), json.dumps(last.after)
    return Step(
        key=f"{RESTORE_NAME}/{first.target.account}/{first.target.id}",
        action=RESTORE_NAME,
        target=first.target,
        before=BETWEEN if lasts is None else last.after,
        after=SETTLED if lasts is None else first.before,
        inputs=fields(**given),
        follows=tuple(one.key for one in shifts),
        undoes=first.key,
        after_a_while=lasts,
    )


def prepared(_world: World, back: Step) -> Prepared:
    """The way home as a call for AWS to make: each record as it was, whichever stage was the last."""
    given = dict(back.inputs)
    changes = traffic.changes_home(json.loads(given.get("records", "[]")))
    batch = {"Comment": "toban: as it was", "Changes": changes}
    return Prepared(
        "route53", "ChangeResourceRecordSets", {"HostedZoneId": given["zone"], "ChangeBatch": batch}
    )


# -- the changes as actions ----------------------------------------------------------------------------


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """The weights and roles of each name's records now; nothing of a name that has none any more."""
    shows = {one.key: _now(world, place, one) for one in steps}
    return {one.key: _as_declared(one, shows[one.key]) for one in steps if shows[one.key]}


def _now(world: World, place: Place, one: Step) -> Fields:
    return traffic.shown(_records(world, place, one))


def _records(world: World, place: Place, one: Step) -> tuple[record.Record, ...]:
    client = route53.client(world.aws, place.account)
    return record.of_name(client, dict(one.inputs)["zone"], one.target.id)


def _as_declared(one: Step, shows: Fields) -> Fields:
    """In the fields of the step: weights, or whether the traffic has settled somewhere."""
    if one.after != SETTLED:
        return shows
    given = dict(one.inputs)
    places = [{(name, value) for name, value in json.loads(given[where])} for where in ("home", "there")]
    return SETTLED if any(there <= set(shows) for there in places) else BETWEEN


def _wanted(one: Step) -> Fields:
    if one.after != SETTLED:
        return one.after
    return tuple((name, value) for name, value in json.loads(dict(one.inputs)["home"]))


def call(world: World, batch: Batch) -> Called:
    """ChangeResourceRecordSets: every record that is not as wanted goes, and comes back as wanted."""
    (one,) = batch.steps
    client = route53.client(world.aws, batch.place.account)
    gone, come = traffic.exchange(_records(world, batch.place, one), _wanted(one))
    if not gone:
        return Called("")
    made = record.exchange(client, dict(one.inputs)["zone"], gone, come, f"toban #{batch.operation}")
    return Called(made.request_id, {one.key: made.id})


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """It is so when the records show it and every name server answers by it.

    A listing holds what is still on its way, too ("ListResourceRecordSets"): what it does not show has been
    changed again since, by the way home or by somebody else.
    """
    shows = look(world, place, [one.step for one in sent])
    return {
        one.step.key: _seen(world, place, one, shows[one.step.key]) for one in sent if one.step.key in shows
    }


def _seen(world: World, place: Place, one: Sent, shows: Fields) -> Seen:
    said = ", ".join(f"{name}: {value}" for name, value in shows)
    if not set(one.step.after) <= set(shows):
        return Seen(Sight.FAILED, words("it was changed again; the records show {weights}", weights=said))
    client = route53.client(world.aws, place.account)
    if one.result and not record.in_sync(client, one.result):
        return Seen(Sight.COMING, words("on its way to all name servers"))
    return Seen(Sight.REACHED, words("every name server answers so: {weights}", weights=said))


def _action(name: str, *, back: bool) -> Action:
    return Action(
        name=name,
        risk=Risk.CHANGE,
        replay=Replay.REPEATABLE,
        iam=("route53:ChangeResourceRecordSets", "route53:GetChange", "route53:ListResourceRecordSets"),
        look=look,
        call=call,
        watch=watch,
        every=timedelta(seconds=3),
        whatever_happens=back,
    )


SHIFT = _action(SHIFT_NAME, back=False)
RESTORE = _action(RESTORE_NAME, back=True)
