"""The reference of a night: a plain script with boto3 and 32 threads, and nothing written down.

Arguments: how many generations stay, and whether to create new ones first (1 or 0).  It makes the calls a
night cannot do without: it lists volumes, snapshots and images, takes a consistent set of each instance
and a snapshot of each loose volume, looks until they are completed, deletes what is over, looks again.
"""

import json
import sys
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config

from tests.bench import usage

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client

THREADS = 32
NIGHT = "toban:night"


def main() -> None:
    """Measure the whole of it."""
    keep, create = int(sys.argv[1]), sys.argv[2] == "1"
    config = Config(max_pool_connections=THREADS, retries={"mode": "standard", "total_max_attempts": 10})
    ec2 = boto3.client("ec2", config=config)
    with ThreadPoolExecutor(THREADS) as pool, usage.measured() as spent:
        volumes = listed(ec2, "describe_volumes", "Volumes", "tag:Backup", "nightly")
        ids = {one["VolumeId"] for one in volumes}
        snapshots = listed(ec2, "describe_snapshots", "Snapshots", "tag-key", "toban:operation")
        used = in_use(listed(ec2, "describe_images", "Images", "state", "available", "disabled"))
        over = expired(ids, snapshots, keep - create, used)
        if create:
            sources = {
                one["Attachments"][0]["InstanceId"] if one["Attachments"] else one["VolumeId"]
                for one in volumes
            }
            list(pool.map(lambda source: begin(ec2, source), sources))
            until_completed(ec2, len(ids))
        list(pool.map(lambda id_: ec2.delete_snapshot(SnapshotId=id_), over))
        left = len(listed(ec2, "describe_snapshots", "Snapshots", "tag-key", "toban:operation"))
    assert left == len(snapshots) + len(ids) * create - len(over), left
    done = len(ids) * create + len(over)
    sys.stdout.write(json.dumps(spent | {"steps": {"done": done}}) + "\n")


def listed(ec2: "EC2Client", operation: str, field: str, name: str, *values: str) -> list[dict[str, Any]]:
    """Everything of ours that fits one filter."""
    ours: Mapping[str, Mapping[str, object]] = {
        "describe_snapshots": {"OwnerIds": ["self"]},
        "describe_images": {"Owners": ["self"], "IncludeDisabled": True},
    }
    pages = ec2.get_paginator(operation).paginate(  # type: ignore[call-overload]  # any of three
        Filters=[{"Name": name, "Values": values}],
        PaginationConfig={"PageSize": 1000},
        **ours.get(operation, {}),
    )
    return [one for page in pages for one in page[field]]


def in_use(images: Sequence[Mapping[str, Any]]) -> set[str]:
    """The snapshots that images use."""
    return {device["Ebs"]["SnapshotId"] for one in images for device in one["BlockDeviceMappings"]}


def expired(
    volumes: set[str], snapshots: Sequence[Mapping[str, Any]], keep: int, used: set[str]
) -> list[str]:
    """What is over the number to keep, the oldest of each volume."""
    of: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for one in snapshots:
        if one["State"] == "completed" and one["VolumeId"] in volumes:
            of[one["VolumeId"]].append(one)
    for generations in of.values():
        generations.sort(key=lambda one: one["StartTime"], reverse=True)
    over = (one["SnapshotId"] for generations in of.values() for one in generations[keep:])
    return [id_ for id_ in over if id_ not in used]


def begin(ec2: "EC2Client", source: str) -> None:
    """Begin the snapshots of an instance, or of a loose volume, with their tags."""
    tags = {"toban:operation": "1", "toban:kind": "snapshot", NIGHT: "tonight", "toban:token": source}
    written = [{"ResourceType": "snapshot", "Tags": [{"Key": key, "Value": tags[key]} for key in tags]}]
    if source.startswith("i-"):
        whole = {"InstanceId": source}
        ec2.create_snapshots(
            InstanceSpecification=whole,  # type: ignore[arg-type]  # plain dicts
            Description="night",
            TagSpecifications=written,  # type: ignore[arg-type]  # plain dicts
        )
    else:
        ec2.create_snapshot(VolumeId=source, Description="night", TagSpecifications=written)  # type: ignore[arg-type]  # plain dicts


def until_completed(ec2: "EC2Client", count: int) -> None:
    """Look every second until all of tonight's are completed."""
    while True:
        found = listed(ec2, "describe_snapshots", "Snapshots", f"tag:{NIGHT}", "tonight")
        if sum(one["State"] == "completed" for one in found) == count:
            return
        time.sleep(1)


if __name__ == "__main__":
    main()
