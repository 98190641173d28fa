"""Deregister images with their snapshots; never one that something would still launch."""

from collections.abc import Collection, Mapping, Sequence

from aws import image, snapshot
from aws.account import Place
from aws.errors import NotFound, Refused
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.plan import Fields, Left, Resource, Step
from bot.words import Words, words
from commands.generations import of_images
from commands.generations.image_users import READS, shared_by, users_of
from commands.generations.keep import spares
from commands.generations.of_images import Generation
from commands.generations.series import Pruned, Series
from commands.generations.tags import IMAGE
from commands.reading import fields

NAME = "ami.deregister"


def prune(
    world: World, place: Place, series: Collection[Series], kind: str = IMAGE, *, former: bool = False
) -> Pruned:
    """A deregistration for each generation that its series does not keep.  Raises AwsError.

    One that something would still launch stays, and does not stop the others.
    """
    wanted = {one.of: one for one in series if one.keep.asked}
    found = of_images.of(world, place, wanted, kind, former=former)
    going = [
        (spare, newer, wanted[instance])
        for instance, generations in found.items()
        for spare, newer in spares(
            generations, wanted[instance].keep, world.now, world.zone, one_is_made=wanted[instance].new
        )
    ]
    used = users_of(world, place, [spare.id for spare, _, _ in going])
    shared = shared_by(world, place, {spare.id: spare.snapshots for spare, _, _ in going})
    more = {"kind": kind, "former": "yes"} if former else {"kind": kind}
    return Pruned(
        tuple(
            _generation(place, spare, of.after, {**more, "newer": str(newer)}, shared.get(spare.id, ()))
            for spare, newer, of in going
            if spare.id not in used
        ),
        tuple(Left(spare.resource(place), used[spare.id]) for spare, _, _ in going if spare.id in used),
    )


def _generation(
    place: Place, one: Generation, after: tuple[str, ...], more: Mapping[str, str], shared: tuple[Words, ...]
) -> Step:
    inputs = {**more, "instance": one.instance, "snapshots": " ".join(one.snapshots)}
    state = fields(newer="enough", state="available", used="no")
    return _step(one.resource(place), state, inputs, after, shared, one.instance)


def named(target: Resource, state: str, snapshots: Sequence[str], warnings: tuple[Words, ...]) -> Step:
    """A deregistration that was asked for by the image's id: it may be the last generation."""
    before = fields(state=state, used="no")
    return _step(target, before, {"snapshots": " ".join(snapshots)}, (), warnings, target.id)


def _step(
    target: Resource,
    before: Fields,
    inputs: Mapping[str, str],
    needs: tuple[str, ...],
    warnings: tuple[Words, ...],
    about: str,
) -> Step:
    return Step(
        key=f"{NAME}/{target.account}/{target.region}/{target.id}",
        action=NAME,
        target=target,
        before=before,
        after=fields(state="deregistered"),
        inputs=fields(**{name: value for name, value in inputs.items() if value}),
        needs=needs,
        warnings=(words("cannot be undone"), *warnings),
        about=about,
    )


# -- the deregistration as an action -------------------------------------------------------------------


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """Whether each is still there, unused, and whether enough newer generations are, this moment."""
    ids = [step.target.id for step in steps]
    states = {
        one.id: one.state for one in image.find(world.aws.ec2(place), ids=ids) if one.state != "deregistered"
    }
    used = users_of(world, place, list(states))
    newer = _newer(world, place, [step for step in steps if "newer" in dict(step.inputs)])
    return {
        step.key: fields(
            state=states[step.target.id],
            used="yes" if step.target.id in used else "no",
            newer=newer.get(step.key, ""),
        )
        if step.target.id in states
        else fields(state="deregistered")
        for step in steps
    }


def _newer(world: World, place: Place, steps: Sequence[Step]) -> dict[str, str]:
    shown: dict[str, str] = {}
    for kind, former in {_kind(step) for step in steps}:
        alike = [step for step in steps if _kind(step) == (kind, former)]
        meant = {dict(step.inputs)["instance"] for step in alike}
        there = of_images.of(world, place, meant, kind, former=former)
        for step in alike:
            more = dict(step.inputs)
            ids = [one.id for one in there.get(more["instance"], [])]
            newer = ids.index(step.target.id) if step.target.id in ids else len(ids)
            shown[step.key] = "enough" if newer >= int(more["newer"]) else str(newer)
    return shown


def _kind(step: Step) -> tuple[str, bool]:
    more = dict(step.inputs)
    return more["kind"], "former" in more


def call(world: World, batch: Batch) -> Called:
    """DeregisterImage with its snapshots; one that is gone meanwhile is as it should be."""
    (step,) = batch.steps
    try:
        return Called(image.deregister(world.aws.ec2(batch.place), step.target.id))
    except NotFound:
        return Called("")
    except Refused as error:
        if error.said.code == "InvalidAMIID.Unavailable":  # EC2's word for one that was deregistered
            return Called("")
        raise


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """Deregistered is what EC2 no longer lists, and its snapshots neither, unless another image has them."""
    ec2 = world.aws.ec2(place)
    ids = [one.step.target.id for one in sent]
    there = {one.id for one in image.find(ec2, ids=ids) if one.state != "deregistered"}
    held = sorted({each for one in sent for each in _held(one.step)})
    remaining = {one.id for one in snapshot.find(ec2, ids=held)} if held else set()
    remaining -= set(image.users_of(ec2, sorted(remaining)))
    return {one.step.key: _seen(one.step, there, remaining) for one in sent}


def _held(step: Step) -> list[str]:
    return dict(step.inputs).get("snapshots", "").split()


def _seen(step: Step, there: Collection[str], remaining: Collection[str]) -> Seen:
    if step.target.id in there:
        return Seen(Sight.COMING, words("it is still listed"))
    left = [one for one in _held(step) if one in remaining]
    if left:
        return Seen(Sight.COMING, words("it is deregistered, but {ids} is still there", ids=", ".join(left)))
    return Seen(Sight.REACHED, words("it is deregistered, and its snapshots are deleted"))


DEREGISTER = Action(
    name=NAME,
    risk=Risk.DESTROY,
    replay=Replay.REPEATABLE,
    iam=(*READS, "ec2:DeregisterImage", "ec2:DeleteSnapshot", "ec2:DescribeSnapshots"),
    look=look,
    call=call,
    watch=watch,
)
