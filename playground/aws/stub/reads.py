"""The stub's listings: filters, ids, pages."""

import re
from collections.abc import Callable, Mapping
from functools import partial
from operator import attrgetter

from playground.aws.call import Call
from playground.aws.stub import xml
from playground.aws.stub.paging import LARGEST, Pages
from playground.aws.stub.place import Place
from playground.aws.stub.refused import Refused
from playground.aws.stub.table import Row, Table

Listing = Callable[[Place, Pages, Call], str]
_FILTER = re.compile(r"Filter\.(\d+)\.Name$")
_ready_made = attrgetter("xml")
_REGIONS = ("ap-northeast-1", "ap-northeast-3", "us-east-1", "us-west-2", "eu-west-1")
NO_INSTANCE, NO_VOLUME, NO_SNAPSHOT, NO_IMAGE = (
    "InvalidInstanceID.NotFound", "InvalidVolume.NotFound", "InvalidSnapshot.NotFound",
    "InvalidAMIID.NotFound",
)  # fmt: skip


def rows_of(table: Table, ids: tuple[str, ...], missing: str) -> list[Row]:
    """Return the rows of these ids, or refuse the whole call as EC2 does."""
    unknown = [one for one in ids if one not in table.rows]
    if unknown:
        raise Refused(missing, f"The IDs '{', '.join(unknown)}' do not exist")
    return [table.rows[one] for one in ids]


def filters(call: Call) -> list[tuple[str, tuple[str, ...]]]:
    """Return the filters of a call: each name with its values."""
    named = [(found[1], name) for key, name in call.params.items() if (found := _FILTER.match(key))]
    return [(name, call.values(f"Filter.{number}.Value")) for number, name in named]


def page(table: Table, id_name: str, missing: str, pages: Pages, call: Call) -> tuple[list[Row], str | None]:
    """Return the rows a call asks for, and the token of the next page."""
    size = min(int(call.params.get("MaxResults", LARGEST)), LARGEST)
    if token := call.params.get("NextToken"):
        if not pages.knows(token):
            raise Refused("InvalidParameterValue", f"Invalid value '{token}' for nextToken")
        return pages.next(token, size)
    wanted, narrowing = call.values(id_name), filters(call)
    if not wanted:
        return pages.first(table.find(narrowing), size)
    rows = rows_of(table, wanted, missing)
    if narrowing:
        fitting = {row.id for row in table.find(narrowing)}
        rows = [row for row in rows if row.id in fitting]
    return rows, None


def _instances(place: Place, pages: Pages, call: Call) -> str:
    rows, token = page(place.instances, "InstanceId", NO_INSTANCE, pages, call)
    return xml.listing("reservationSet", map(_ready_made, rows), token)


def _statuses(place: Place, pages: Pages, call: Call) -> str:
    rows, token = page(place.instances, "InstanceId", NO_INSTANCE, pages, call)
    if call.params.get("IncludeAllInstances") != "true":
        rows = [row for row in rows if row.fields["instance-state-name"] == "running"]
    return xml.listing("instanceStatusSet", map(xml.status, rows), token)


def _volumes(place: Place, pages: Pages, call: Call) -> str:
    rows, token = page(place.volumes, "VolumeId", NO_VOLUME, pages, call)
    return xml.listing("volumeSet", map(_ready_made, rows), token)


def _snapshots(place: Place, pages: Pages, call: Call) -> str:
    place.ripen()
    rows, token = page(place.snapshots, "SnapshotId", NO_SNAPSHOT, pages, call)
    return xml.listing("snapshotSet", map(_ready_made, rows), token)


def _images(place: Place, pages: Pages, call: Call) -> str:
    rows, token = page(place.images, "ImageId", NO_IMAGE, pages, call)
    return xml.listing("imagesSet", map(_ready_made, rows), token)


def _types(_place: Place, _pages: Pages, call: Call) -> str:
    """Each type that is asked for is there, without disks of its own."""
    names = [name for asked, values in filters(call) if asked == "instance-type" for name in values]
    return xml.listing("instanceTypeSet", map(xml.instance_type, names))


def _regions(_place: Place, _pages: Pages, _call: Call) -> str:
    items = (
        f"<item><regionName>{one}</regionName><regionEndpoint>ec2.{one}.amazonaws.com</regionEndpoint>"
        "<optInStatus>opt-in-not-required</optInStatus></item>"
        for one in _REGIONS
    )
    return xml.listing("regionInfo", items)


def _nothing(inner: str, _place: Place, _pages: Pages, _call: Call) -> str:
    return inner


READS: Mapping[str, Listing] = {
    "DescribeInstances": _instances,
    "DescribeInstanceStatus": _statuses,
    "DescribeInstanceTypes": _types,
    "DescribeVolumes": _volumes,
    "DescribeSnapshots": _snapshots,
    "DescribeRegions": _regions,
    "DescribeImages": _images,
    "DescribeDBInstances": partial(_nothing, "<DBInstances/>"),
    "DescribeDBClusters": partial(_nothing, "<DBClusters/>"),
    "DescribeAutoScalingInstances": partial(_nothing, "<AutoScalingInstances/>"),
    "DescribeAutoScalingGroups": partial(_nothing, "<AutoScalingGroups/>"),
}
