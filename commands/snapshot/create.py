"""Create snapshots; an instance's volumes in one consistent set; old generations go afterwards."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from aws import snapshot
from aws.account import Place
from aws.snapshot import Snapshot
from aws.volume import Volume
from bot.arguments import Kind, arg, emergency_arg
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, Verb, World
from bot.plan import Fields, Left, Plan, Step, Unread
from bot.targets import Targets
from bot.words import plural, words
from commands.reading import Found, accounts_arg, everywhere, fields, regions_arg
from commands.snapshot import _generations, _volumes
from commands.snapshot._generations import MADE_BY, TOKEN


@dataclass(frozen=True, slots=True)
class Args:
    """What /snapshot create is told."""

    targets: Targets = arg(
        Kind.TARGETS,
        words("volumes, or instances: all of their volumes at one moment"),
        option=False,
        required=True,
        prefixes=("vol-", "i-"),
    )
    keep: int | None = arg(
        Kind.NUMBER,
        words("afterwards keep so many completed generations of each volume"),
        at_least=1,
        at_most=1000,
    )
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()
    emergency: str = emergency_arg()


def plan(args: Args, world: World) -> Plan:
    """One new snapshot a volume; with --keep, deletions that wait until the new one is complete."""
    found = _volumes.find(world, args.targets, args.account, args.region)
    whole = {wanted for wanted in args.targets.ids if wanted.startswith("i-")}
    attached = _attached(one for _, one in found)
    steps = tuple(_step(place, one, attached if one.instance_id in whole else {}) for place, one in found)
    old = _old(world, args, found)
    summary = plural("create {n} snapshot", "create {n} snapshots", len(steps))
    if args.keep is not None:
        summary = words(
            "{create}, then keep {keep} generations of each volume: delete {n}",
            create=summary,
            keep=args.keep,
            n=len(old.steps),
        )
    return Plan(summary, steps + old.steps, old.left, found.unread + old.unread)


@dataclass(frozen=True, slots=True)
class Old:
    """What goes when the new generations are complete."""

    steps: tuple[Step, ...] = ()
    left: tuple[Left, ...] = ()
    unread: tuple[Unread, ...] = ()


def _old(world: World, args: Args, found: Found[Volume]) -> Old:
    if args.keep is None:
        return Old()
    keep, volumes = args.keep, _by_place(found)

    def read(place: Place) -> Iterable[_generations.Expired]:
        created = {volume: _key(place, volume) for volume in volumes[place]}
        return [_generations.expired(world, place, keep, created, volumes[place])]

    expired = everywhere(volumes, read)
    return Old(
        tuple(step for _, one in expired for step in one.steps),
        tuple(left for _, one in expired for left in one.left),
        expired.unread,
    )


def _by_place(found: Found[Volume]) -> dict[Place, list[str]]:
    volumes: dict[Place, list[str]] = {}
    for place, one in found:
        volumes.setdefault(place, []).append(one.id)
    return volumes


def _key(place: Place, volume: str) -> str:
    return f"snapshot.create/{place.account}/{place.region}/{volume}"


def _step(place: Place, one: Volume, attached: Mapping[str, str]) -> Step:
    together = one.instance_id if one.instance_id in attached else ""
    set_of = {"attached": attached[together]} if together else {}
    return Step(
        key=_key(place, one.id),
        action="snapshot.create",
        target=_volumes.resource(place, one),
        before=fields(volume="there", **set_of),
        after=fields(snapshot="completed"),
        group=together,
    )


def _attached(found: Iterable[Volume]) -> dict[str, str]:
    """The volumes of each instance, in one field: a set that changed since the plan is refused."""
    of: dict[str, list[str]] = {}
    for one in found:
        of.setdefault(one.instance_id, []).append(one.id)
    return {instance: " ".join(sorted(ids)) for instance, ids in of.items() if instance}


# -- the creation as an action ------------------------------------------------------------------------


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """Whether each volume is still there, and whether its instance still has the same volumes."""
    ids = tuple({step.group or step.target.id for step in steps})
    found = {one.id: one for one in _volumes.in_place(world, place, Targets(ids=ids))}
    attached = _attached(found.values())
    return {
        step.key: fields(volume="there", attached=attached.get(step.group, ""))
        for step in steps
        if step.target.id in found
    }


def call(world: World, batch: Batch) -> Called:
    """CreateSnapshots of an instance, or CreateSnapshot of a volume; tags are put on at creation."""
    ec2, first = world.aws.ec2_once(batch.place), batch.steps[0]
    tags = {MADE_BY: str(batch.operation), TOKEN: batch.token}
    description = f"toban #{batch.operation}"
    if first.group:
        made = snapshot.create_of_instance(ec2, first.group, tags=tags, description=description)
    else:
        made = snapshot.create_of_volume(ec2, first.target.id, tags=tags, description=description)
    return Called(made.request_id, _results(batch.steps, made.snapshots))


def find(world: World, batch: Batch) -> Called | None:
    """The snapshots that carry this call's token."""
    found = tuple(snapshot.find(world.aws.ec2(batch.place), tags=[(TOKEN, batch.token)]))
    return Called("", _results(batch.steps, found)) if found else None


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """A snapshot is there when it is completed."""
    ids = [one.result for one in sent if one.result]
    found = {one.id: one for one in snapshot.find(world.aws.ec2(place), ids=ids)}
    return {one.step.key: _seen(found[one.result]) for one in sent if one.result in found}


def _seen(one: Snapshot) -> Seen:
    shows = words("{id} is {state}, {progress}", id=one.id, state=one.state, progress=one.progress)
    match one.state:
        case "completed":
            return Seen(Sight.REACHED, words("{id} is completed", id=one.id))
        case "error":
            return Seen(Sight.FAILED, shows)
        case _:
            return Seen(Sight.COMING, shows)


def _results(steps: Iterable[Step], made: Iterable[Snapshot]) -> dict[str, str]:
    of = {one.volume_id: one.id for one in made}
    return {step.key: of[step.target.id] for step in steps if step.target.id in of}


CREATE = Action(
    name="snapshot.create",
    risk=Risk.CHANGE,
    replay=Replay.BY_TAG,
    iam=(
        "ec2:CreateSnapshot",
        "ec2:CreateSnapshots",
        "ec2:CreateTags",
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

VERB = Verb(
    noun="snapshot",
    name="create",
    help=words("Create snapshots, an instance's volumes all at one moment; with --keep old generations go."),
    args=Args,
    risk=Risk.CHANGE,
    iam=("ec2:DescribeVolumes", "ec2:DescribeSnapshots", "ec2:DescribeImages"),
    plan=plan,
    examples=(
        "/snapshot create vol-0123456789abcdef0",
        "/snapshot create tag:Backup=nightly --keep 7",
        "/snapshot create i-0123456789abcdef0",
    ),
    actions=(CREATE, _generations.DELETE),
)
