"""Copy images to another region, and keep generations there."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from aws import image
from aws.account import Place
from aws.image import Image
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, World
from bot.plan import Fields, Resource, Step
from commands.changes.create_image import seen
from commands.generations import launched
from commands.generations.launched import LAUNCHED
from commands.generations.tags import COPY, COPY_OF, IMAGE, INSTANCE, KIND, MADE_BY, NIGHT, TOKEN, copied
from commands.reading import fields

NAME = "ami.copy"
IN_FLIGHT = 20
"""Copies to one region at the same time: those of its snapshots count.  Source: "Amazon EBS quotas"."""


def key(place: Place, source: str) -> str:
    """The key of the step that copies this, an image or the new one of an instance, to this place."""
    return f"{NAME}/{place.account}/{place.region}/{source}"


def of_new(to: Place, created: Step) -> Step:
    """A copy of the image that the step `created` makes of its instance."""
    more = dict(created.inputs)
    kept = {name: more[name] for name in ("name", "night", "launched") if name in more}
    return _step(to, created.target, kept | {"instance": created.target.id}, (created.key,))


def of_tonight(to: Place, instance: Resource, one: Image, night: str) -> Step:
    """A copy of the image that this night has made of this instance already."""
    return _step(to, instance, {**_known(one), "instance": instance.id, "night": night}, ())


def of_existing(place: Place, to: Place, one: Image, instance: str) -> Step:
    """A copy of an image that is there, in `place`."""
    tags = tuple(one.tags.items())
    target = Resource(place.account, place.region, "image", one.id, one.name, tags)
    return _step(to, target, {**_known(one), "instance": instance}, ())


def _known(one: Image) -> dict[str, str]:
    return {"source": one.id, "name": one.name, "launched": one.tags.get(LAUNCHED, "")}


def _step(to: Place, of: Resource, more: Mapping[str, str], needs: tuple[str, ...]) -> Step:
    launched_as = launched.elsewhere(more.get("launched", ""))
    inputs = {"source_region": of.region, **more, "launched": launched_as}
    return Step(
        key=key(to, of.id),
        action=NAME,
        target=replace(of, region=to.region),
        before=fields(copy="none"),
        after=fields(copy="available"),
        inputs=fields(**{name: value for name, value in inputs.items() if value}),
        needs=needs,
        about=more["instance"] or of.id,
    )


# -- the copy as an action -----------------------------------------------------------------------------


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """Whether there is a copy already; of what is only being made there can be none."""
    sources = {step.key: dict(step.inputs).get("source", "") for step in steps}
    there = copies_of(world, place, [source for source in sources.values() if source])
    return {
        step: fields(copy=there[source].state if source in there else "none")
        for step, source in sources.items()
    }


def copies_of(world: World, place: Place, sources: Sequence[str]) -> dict[str, Image]:
    """The copies of these images in this place that have not failed, by what they were copied from."""
    tags = [(COPY_OF, source) for source in dict.fromkeys(sources)]
    found = image.find(world.aws.ec2(place), tags=tags) if tags else ()
    return {one.tags[COPY_OF]: one for one in found if one.state in {"pending", "available", "disabled"}}


def call(world: World, batch: Batch) -> Called:
    """CopyImage, sent to the region that gets the copy, encrypted by that region's key."""
    (step,) = batch.steps
    more = dict(step.inputs)
    source = more.get("source") or batch.results[step.needs[0]]
    ours = {MADE_BY: str(batch.operation), TOKEN: batch.token, COPY_OF: source}
    ours |= {INSTANCE: more["instance"]} if "instance" in more else {}
    ours |= {NIGHT: more["night"]} if "night" in more else {}
    as_what = {LAUNCHED: more["launched"]} if "launched" in more else {}
    tags = dict(step.target.tags)
    made = image.copy(
        world.aws.ec2_once(batch.place),
        source,
        more["source_region"],
        name=more["name"],
        description=f"toban #{batch.operation}: {source} of {more['source_region']}",
        tags=copied(tags, {**ours, **as_what, KIND: COPY}),
        snapshot_tags=copied(tags, {**ours, KIND: IMAGE}),
        kms_key_id=world.aws.config(batch.place.account).copy_keys.get(batch.place.region, ""),
        token=batch.token,
    )
    return Called(made.request_id, {step.key: made.id})


def find(world: World, batch: Batch) -> Called | None:
    """The copy that carries this call's token."""
    found = tuple(image.find(world.aws.ec2(batch.place), tags=[(TOKEN, batch.token)]))
    return Called("", {batch.steps[0].key: found[0].id}) if found else None


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """A copy is there when it is available; a key that may not be used is noticed only here."""
    ids = [one.result for one in sent if one.result]
    found = {one.id: one for one in image.find(world.aws.ec2(place), ids=ids)} if ids else {}
    by_source = copies_of(world, place, [_source(one) for one in sent if not one.result])
    return {
        one.step.key: seen(there)
        for one in sent
        if (there := found.get(one.result) or by_source.get(_source(one)))
    }


def _source(sent: Sent) -> str:
    """What it was copied from, for a copy that was there when the call was looked after."""
    return dict(sent.step.inputs).get("source", "")


COPY_ACTION = Action(
    name=NAME,
    risk=Risk.CHANGE,
    replay=Replay.BY_TAG,
    iam=("ec2:CopyImage", "ec2:CreateTags", "ec2:DescribeImages"),
    look=look,
    call=call,
    watch=watch,
    find=find,
    at_once=IN_FLIGHT,
    every=timedelta(seconds=15),
    within=timedelta(hours=12),
)
