"""Create snapshots: of a volume, or of several volumes of an instance at one moment."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from aws import instance, snapshot, volume
from aws.account import Place
from aws.instance import Instance
from aws.snapshot import Snapshot
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.plan import Fields, Step
from bot.words import words
from commands.generations.candidates import is_tonights
from commands.generations.tags import KIND, MADE_BY, NIGHT, SNAPSHOT, TOKEN, copied
from commands.generations.volumes import Chosen
from commands.reading import fields

NAME = "snapshot.create"
THERE, COMPLETED = fields(volume="there"), fields(snapshot="completed")
NONE = fields(tonight="none")


def key(place: Place, volume_id: str) -> str:
    """The key of the step that creates a snapshot of this volume."""
    return f"{NAME}/{place.account}/{place.region}/{volume_id}"


def step(place: Place, one: Chosen, *, together: bool, night: str = "") -> Step:
    """A snapshot of this volume; `together`: in one call with the others of its instance.

    Of a `night` there is one, however often and by whomever the night is asked for.
    """
    whole = one.instance if together else None
    set_of = {"attached": _attached(whole)} if whole else {}
    extra = {"night": night, "root": whole.root_volume_id if whole else ""}
    return Step(
        key=key(place, one.id),
        action=NAME,
        target=one.resource(place),
        before=_with(fields(volume="there", **set_of) if set_of else THERE, NONE if night else ()),
        after=COMPLETED,
        inputs=fields(**{name: value for name, value in extra.items() if value}),
        group=whole.id if whole else "",
    )


def _attached(one: Instance) -> str:
    """The volumes of an instance in one field: a set that changed since the plan is refused."""
    return " ".join(sorted(one.volume_ids))


# -- the creation as an action ------------------------------------------------------------------------


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """Whether each volume is there, its instance's set as it was, and what this night made of it."""
    ec2 = world.aws.ec2(place)
    sets = sorted({step.group for step in steps if step.group})
    alone = sorted({step.target.id for step in steps if not step.group})
    instances = {one.id: one for one in instance.find(ec2, ids=sets)} if sets else {}
    volumes = {one.id for one in volume.find(ec2, ids=alone)} if alone else set()
    tonight = _of_tonight(world, place, steps)
    return {step.key: shown for step in steps if (shown := _shown(step, instances, volumes, tonight))}


def _of_tonight(world: World, place: Place, steps: Sequence[Step]) -> dict[str, Fields]:
    """What there is of these volumes by now: the same night may have been asked for twice."""
    night = dict(steps[0].inputs).get("night", "")  # these are steps of one plan
    if not night:
        return {}
    volumes = sorted({step.target.id for step in steps})
    found = snapshot.find(world.aws.ec2(place), volume_ids=volumes, tags=[(NIGHT, night)])
    made = {one.volume_id: fields(tonight=one.id) for one in found if is_tonights(one)}
    return {volume_id: made.get(volume_id, NONE) for volume_id in volumes}


def _shown(
    step: Step, instances: Mapping[str, Instance], volumes: set[str], tonight: Mapping[str, Fields]
) -> Fields | None:
    made = tonight.get(step.target.id, ())
    if not step.group:
        return _with(THERE, made) if step.target.id in volumes else None
    one = instances.get(step.group)
    if one is None or step.target.id not in one.volume_ids:
        return None
    return _with(fields(volume="there", attached=_attached(one)), made)


def _with(known: Fields, more: Fields) -> Fields:
    return tuple(sorted((*known, *more))) if more else known


def call(world: World, batch: Batch) -> Called:
    """CreateSnapshots of an instance, or CreateSnapshot of a volume; tags are put on at creation."""
    ec2, first = world.aws.ec2_once(batch.place), batch.steps[0]
    more, token = dict(first.inputs), batch.token
    ours = {MADE_BY: str(batch.operation), TOKEN: token, KIND: SNAPSHOT}
    ours |= {NIGHT: more["night"]} if "night" in more else {}
    said = f"toban #{batch.operation}"
    if not first.group:
        tags = copied(dict(first.target.tags), ours)
        made = snapshot.create_of_volume(ec2, first.target.id, tags=tags, description=said)
    else:
        wanted, root = {step.target.id for step in batch.steps}, more.get("root", "")
        others = [one for one in dict(first.before)["attached"].split() if one not in wanted]
        made = snapshot.create_of_instance(
            ec2,
            first.group,
            tags=ours,
            description=said,
            exclude_volume_ids=[one for one in others if one != root],
            exclude_boot_volume=root in others,
        )
    return Called(made.request_id, _results(batch.steps, made.snapshots))


def find(world: World, batch: Batch) -> Called | None:
    """The snapshots that carry this call's token."""
    found = tuple(snapshot.find(world.aws.ec2(batch.place), tags=[(TOKEN, batch.token)]))
    return Called("", _results(batch.steps, found)) if found else None


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """A snapshot is there when it is completed."""
    ids = [one.result for one in sent if one.result]
    found = {one.id: one for one in snapshot.find(world.aws.ec2(place), ids=ids)}
    return {one.step.key: seen(found[one.result]) for one in sent if one.result in found}


def seen(one: Snapshot) -> Seen:
    """How far a snapshot is on its way to completed."""
    match one.state:
        case "completed":
            return Seen(Sight.REACHED, words("{id} is completed", id=one.id))
        case "error" if one.message:
            why = words("{id} is in error: {message}", id=one.id, message=one.message)
            return Seen(Sight.FAILED, why)
        case "error":
            return Seen(Sight.FAILED, words("{id} is in error", id=one.id))
        case _:
            shows = words("{id} is {state}, {progress}", id=one.id, state=one.state, progress=one.progress)
            return Seen(Sight.COMING, shows)


def _results(steps: Iterable[Step], made: Iterable[Snapshot]) -> dict[str, str]:
    of = {one.volume_id: one.id for one in made}
    return {step.key: of[step.target.id] for step in steps if step.target.id in of}


CREATE = Action(
    name=NAME,
    risk=Risk.CHANGE,
    replay=Replay.BY_TAG,
    iam=(
        "ec2:CreateSnapshot",
        "ec2:CreateSnapshots",
        "ec2:CreateTags",
        "ec2:DescribeInstances",
        "ec2:DescribeSnapshots",
        "ec2:DescribeVolumes",
    ),
    look=look,
    call=call,
    watch=watch,
    find=find,
    every=timedelta(seconds=15),
    within=timedelta(hours=6),
)
