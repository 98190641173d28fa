"""Enable Fast Snapshot Restore before a restore, and disable it after it: it costs by the hour."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from aws import fast_restore, snapshot
from aws.account import Place
from aws.fast_restore import OFF, FastRestore
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.plan import Fields, Resource, Step
from bot.words import words
from commands.generations import first_reads
from commands.reading import fields

ENABLE_NAME, DISABLE_NAME = "snapshot.enable-fast-restore", "snapshot.disable-fast-restore"


def enable(target: Resource, zone: str, size_gib: int) -> Step:
    """Enable it for a snapshot in a zone."""
    return Step(
        key=f"{ENABLE_NAME}/{target.account}/{zone}/{target.id}",
        action=ENABLE_NAME,
        target=target,
        before=fields(fast="off"),
        after=fields(fast="enabled"),
        inputs=fields(zone=zone, size=str(size_gib)),
        warnings=(first_reads.price_warning(size_gib, zone),),
        about=target.id,
    )


def disable(enabled: Step, after: str) -> Step:
    """Disable it again, when the step `after` is over, however that went."""
    target, zone = enabled.target, dict(enabled.inputs)["zone"]
    return Step(
        key=f"{DISABLE_NAME}/{target.account}/{zone}/{target.id}",
        action=DISABLE_NAME,
        target=target,
        before=fields(fast="on"),
        after=fields(fast="off"),
        inputs=fields(zone=zone),
        follows=(after,),
        undoes=enabled.key,
        about=target.id,
    )


# -- enabling and disabling as actions -----------------------------------------------------------------


def _there(world: World, place: Place, steps: Sequence[Step]) -> dict[str, FastRestore]:
    """What EC2 knows of each step's snapshot in its zone."""
    found = fast_restore.find(world.aws.ec2(place), sorted({step.target.id for step in steps}))
    by_pair = {(one.snapshot_id, one.zone): one for one in found}
    pairs = {step.key: (step.target.id, dict(step.inputs)["zone"]) for step in steps}
    return {key: by_pair[pair] for key, pair in pairs.items() if pair in by_pair}


def look_before(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """Whether it is off, or enabled by somebody already; nothing of a snapshot that is gone."""
    there = _there(world, place, steps)
    ids = sorted({step.target.id for step in steps})
    left = {one.id for one in snapshot.find(world.aws.ec2(place), ids=ids)}
    return {step.key: fields(fast=_state(there.get(step.key))) for step in steps if step.target.id in left}


def _state(one: FastRestore | None) -> str:
    return "off" if one is None or one.state == "disabled" else one.state


def call_enable(world: World, batch: Batch) -> Called:
    """EnableFastSnapshotRestores of one snapshot in one zone."""
    (step,) = batch.steps
    zone = dict(step.inputs)["zone"]
    return Called(fast_restore.enable(world.aws.ec2(batch.place), step.target.id, zone))


def watch_enabled(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """Enabled is what is optimized, and long enough so to have the credit for one volume."""
    there = _there(world, place, [one.step for one in sent])
    return {
        one.step.key: _seen(world, one.step, there[one.step.key]) for one in sent if one.step.key in there
    }


def _seen(world: World, step: Step, one: FastRestore) -> Seen:
    shows = words("Fast Snapshot Restore is {state} in {zone}", state=one.state, zone=one.zone)
    if one.state == "disabling" or (one.state == "disabled" and "UserInitiated" not in one.why):
        why = words("Fast Snapshot Restore failed in {zone}: {message}", zone=one.zone, message=one.why)
        return Seen(Sight.FAILED, why)
    if one.state != "enabled":
        return Seen(Sight.COMING, shows)
    ready = one.enabled and one.enabled + first_reads.credit_after(int(dict(step.inputs)["size"]))
    if ready and world.now < ready:
        said = words("Fast Snapshot Restore is enabled in {zone}, and can make a volume soon", zone=one.zone)
        return Seen(Sight.COMING, said)
    return Seen(Sight.REACHED, shows)


def look_after(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """Whether it is on; what is only being enabled is on, too, and costs."""
    there = _there(world, place, steps)
    on = {key for key, one in there.items() if one.state not in OFF}
    return {step.key: fields(fast="on" if step.key in on else "off") for step in steps}


def call_disable(world: World, batch: Batch) -> Called:
    """DisableFastSnapshotRestores of one snapshot in one zone."""
    (step,) = batch.steps
    zone = dict(step.inputs)["zone"]
    return Called(fast_restore.disable(world.aws.ec2(batch.place), step.target.id, zone))


def watch_disabled(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """Disabled, or on its way there: it costs nothing more."""
    there = _there(world, place, [one.step for one in sent])
    return {one.step.key: _off(there.get(one.step.key)) for one in sent}


def _off(one: FastRestore | None) -> Seen:
    if one is None or one.state in OFF:
        return Seen(Sight.REACHED, words("Fast Snapshot Restore is disabled"))
    return Seen(
        Sight.COMING, words("Fast Snapshot Restore is {state} in {zone}", state=one.state, zone=one.zone)
    )


ENABLE = Action(
    name=ENABLE_NAME,
    risk=Risk.CHANGE,
    replay=Replay.REPEATABLE,
    iam=("ec2:EnableFastSnapshotRestores", "ec2:DescribeFastSnapshotRestores", "ec2:DescribeSnapshots"),
    look=look_before,
    call=call_enable,
    watch=watch_enabled,
    every=timedelta(minutes=1),
    within=timedelta(hours=36),
)

DISABLE = Action(
    name=DISABLE_NAME,
    risk=Risk.CHANGE,
    replay=Replay.REPEATABLE,
    iam=("ec2:DisableFastSnapshotRestores", "ec2:DescribeFastSnapshotRestores"),
    look=look_after,
    call=call_disable,
    watch=watch_disabled,
    every=timedelta(seconds=15),
    within=timedelta(hours=1),
    whatever_happens=True,
)
