"""The stub's changes: all of them are over at once, but snapshots if they are told to take their time."""

import re
from collections.abc import Callable, Mapping
from functools import partial

from playground.aws.call import Call
from playground.aws.stub import xml
from playground.aws.stub.place import Place
from playground.aws.stub.reads import NO_INSTANCE, NO_SNAPSHOT, NO_VOLUME, rows_of
from playground.aws.stub.refused import Refused
from playground.aws.stub.table import Row

Change = Callable[[Place, Call], str]
_TAG = re.compile(r"(?:TagSpecification\.\d+\.)?Tag\.\d+\.Key$")
NONE_LEFT = "none.left"
"""A type that no zone has any of, just now."""
_MOVES = {"start": ("stopped", "pending", "running"), "stop": ("running", "stopping", "stopped")}


def tags(call: Call) -> dict[str, str]:
    """Return the tags a call brings along."""
    keys = [key for key in call.params if _TAG.match(key)]
    return {call.params[key]: call.params.get(f"{key[:-3]}Value", "") for key in keys}


def _move(verb: str, place: Place, call: Call) -> str:
    """Start or stop: the answer names the state in between, the next listing the end."""
    before, between, after = _MOVES[verb]
    changed = []
    chosen = rows_of(place.instances, call.values("InstanceId"), NO_INSTANCE)
    if verb == "start" and any(row.fields["instance-type"] == NONE_LEFT for row in chosen):
        raise Refused("InsufficientInstanceCapacity", "We currently do not have sufficient capacity.", 500)
    for row in chosen:
        was = row.fields["instance-state-name"]
        shown = between if was == before else was
        if was == before:
            place.instances.change(row, {"instance-state-name": after})
        both = xml.state("currentState", shown) + xml.state("previousState", was)
        changed.append(f"<item><instanceId>{row.id}</instanceId>{both}</item>")
    return xml.listing("instancesSet", changed)


def _create_snapshot(place: Place, call: Call) -> str:
    (volume,) = rows_of(place.volumes, call.values("VolumeId"), NO_VOLUME)
    made = place.take(volume, call.params.get("Description", ""), tags(call))
    return xml.snapshot_members(made, "pending")


def _copy_snapshot(place: Place, call: Call) -> str:
    """Sent to the destination; the source is in another region, or in the same."""
    source = place.elsewhere(call.params["SourceRegion"])
    (snapshot,) = rows_of(source.snapshots, call.values("SourceSnapshotId"), NO_SNAPSHOT)
    made = place.copy(snapshot, call.params.get("Description", ""), tags(call))
    return f"<snapshotId>{made.id}</snapshotId>{xml.tag_set(made.tags)}"


def _create_snapshots(place: Place, call: Call) -> str:
    """One snapshot of each volume of the instance, those left out excepted."""
    (instance,) = rows_of(place.instances, call.values("InstanceSpecification.InstanceId"), NO_INSTANCE)
    copying = call.params.get("CopyTagsFromSource") == "volume"
    made = []
    for volume in _volumes(place, instance, call):
        carried = {**(volume.tags if copying else {}), **tags(call)}
        snapshot = place.take(volume, call.params.get("Description", ""), carried)
        made.append(f"<item>{xml.snapshot_members(snapshot, 'pending')}</item>")
    return xml.listing("snapshotSet", made)


def _volumes(place: Place, instance: Row, call: Call) -> list[Row]:
    ids = instance.fields["volumes"].split()
    if call.params.get("InstanceSpecification.ExcludeBootVolume") == "true":
        ids = ids[1:]
    left_out = call.values("InstanceSpecification.ExcludeDataVolumeId")
    return [place.volumes.rows[one] for one in ids if one not in left_out]


def _delete_snapshot(place: Place, call: Call) -> str:
    (snapshot,) = rows_of(place.snapshots, call.values("SnapshotId"), NO_SNAPSHOT)
    if users := place.images.find([("block-device-mapping.snapshot-id", (snapshot.id,))]):
        raise Refused(
            "InvalidSnapshot.InUse", f"The snapshot {snapshot.id} is currently in use by {users[0].id}"
        )
    place.snapshots.remove(snapshot.id)
    return "<return>true</return>"


def _create_tags(place: Place, call: Call) -> str:
    for one in call.values("ResourceId"):
        tables = [table for table in place.tables() if one in table.rows]
        if not tables:
            raise Refused("InvalidID", f"The ID '{one}' is not valid")
        tables[0].change(tables[0].rows[one], {}, tags(call))
    return "<return>true</return>"


CHANGES: Mapping[str, Change] = {
    "StartInstances": partial(_move, "start"),
    "StopInstances": partial(_move, "stop"),
    "CreateSnapshot": _create_snapshot,
    "CreateSnapshots": _create_snapshots,
    "CopySnapshot": _copy_snapshot,
    "DeleteSnapshot": _delete_snapshot,
    "CreateTags": _create_tags,
}
