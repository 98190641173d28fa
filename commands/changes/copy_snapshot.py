"""Copy snapshots to another region, and keep generations there."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from aws import snapshot
from aws.account import Place
from aws.snapshot import Snapshot
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, World
from bot.plan import Fields, Resource, Step
from bot.words import words
from commands.changes.create_snapshots import seen
from commands.generations.tags import COPY, COPY_OF, KIND, MADE_BY, NIGHT, TOKEN, VOLUME, copied
from commands.reading import fields

NAME = "snapshot.copy"
IN_FLIGHT = 20
"""Copies to one region at the same time.  Source: "Amazon EBS quotas", concurrent snapshot copies."""


def key(place: Place, source: str) -> str:
    """The key of the step that copies this, a snapshot or the new one of a volume, to this place."""
    return f"{NAME}/{place.account}/{place.region}/{source}"


def of_new(to: Place, volume: Resource, made_by: str, night: str = "") -> Step:
    """A copy of the snapshot that the step `made_by` makes of this volume."""
    return _step(to, volume, volume.region, volume.id, {"night": night}, (made_by,))


def of_tonight(to: Place, volume: Resource, source: str, night: str) -> Step:
    """A copy of the snapshot that this night has made of this volume already."""
    return _step(to, volume, volume.region, volume.id, {"source": source, "night": night}, ())


def of_existing(to: Place, one: Resource, volume_id: str) -> Step:
    """A copy of a snapshot that is there."""
    return _step(to, one, one.region, volume_id, {"source": one.id}, ())


def _step(
    to: Place, of: Resource, source_region: str, volume: str, more: Mapping[str, str], needs: tuple[str, ...]
) -> Step:
    inputs = {"source_region": source_region, "volume": volume, **more}
    return Step(
        key=key(to, of.id),
        action=NAME,
        target=replace(of, region=to.region),
        before=fields(copy="none"),
        after=fields(copy="completed"),
        inputs=fields(**{name: value for name, value in inputs.items() if value}),
        needs=needs,
        about=volume or of.id,
        warnings=() if of.account == to.account else (words("to another account"),),
    )


# -- the copy as an action -----------------------------------------------------------------------------


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """Whether there is a copy already; of what is only being made there can be none."""
    sources = [dict(step.inputs).get("source", "") for step in steps]
    tags = [(COPY_OF, source) for source in dict.fromkeys(sources) if source]
    found = snapshot.find(world.aws.ec2(place), tags=tags) if tags else ()
    there = {one.tags[COPY_OF]: one for one in found if one.state != "error"}
    return {
        step.key: fields(copy=there[source].state if source in there else "none")
        for step, source in zip(steps, sources, strict=True)
    }


def call(world: World, batch: Batch) -> Called:
    """CopySnapshot, sent to the region that gets the copy, encrypted by that region's key."""
    (step,) = batch.steps
    more = dict(step.inputs)
    source = more.get("source") or batch.results[step.needs[0]]
    night = {NIGHT: more["night"]} if "night" in more else {}
    volume = {VOLUME: more["volume"]} if "volume" in more else {}
    ours = {MADE_BY: str(batch.operation), TOKEN: batch.token, KIND: COPY, COPY_OF: source, **volume, **night}
    made = snapshot.copy(
        world.aws.ec2_once(batch.place),
        source,
        more["source_region"],
        tags=copied(dict(step.target.tags), ours),
        description=f"toban #{batch.operation}: {source} of {more['source_region']}",
        kms_key_id=world.aws.config(batch.place.account).copy_keys.get(batch.place.region, ""),
    )
    return Called(made.request_id, {step.key: made.id})


def find(world: World, batch: Batch) -> Called | None:
    """The copy that carries this call's token."""
    found = tuple(snapshot.find(world.aws.ec2(batch.place), tags=[(TOKEN, batch.token)]))
    return Called("", {batch.steps[0].key: found[0].id}) if found else None


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """A copy is there when it is completed; a key that may not be used is noticed only here."""
    ids = [one.result for one in sent if one.result]
    found: dict[str, Snapshot] = {one.id: one for one in snapshot.find(world.aws.ec2(place), ids=ids)}
    return {one.step.key: seen(found[one.result]) for one in sent if one.result in found}


COPY_ACTION = Action(
    name=NAME,
    risk=Risk.CHANGE,
    replay=Replay.BY_TAG,
    iam=("ec2:CopySnapshot", "ec2:CreateTags", "ec2:DescribeSnapshots"),
    look=look,
    call=call,
    watch=watch,
    find=find,
    at_once=IN_FLIGHT,
    every=timedelta(seconds=15),
    within=timedelta(hours=12),
)
