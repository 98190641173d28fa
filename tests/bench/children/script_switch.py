"""The reference: a plain boto3 script that stops and starts the instances of a tag, and waits for them.

Arguments: the tag's value, how many ids in a call.  As scripts do: describe by tag, change in chunks, and
boto3's own waiters until they have stopped, or run and have passed their checks.
"""

import json
import sys
from collections.abc import Iterator, Sequence

import boto3

from tests.bench import usage

CHECKS = 100  # ids in one DescribeInstanceStatus


def main() -> None:
    """Measure a stop, then a start; the client exists before."""
    env, most = sys.argv[1], int(sys.argv[2])
    ec2 = boto3.client("ec2")

    def ids(state: str) -> list[str]:
        pages = ec2.get_paginator("describe_instances").paginate(
            Filters=[
                {"Name": "tag:env", "Values": [env]},
                {"Name": "instance-state-name", "Values": [state]},
            ],
            PaginationConfig={"PageSize": 1000},
        )
        return [
            one["InstanceId"]
            for page in pages
            for group in page["Reservations"]
            for one in group["Instances"]
        ]

    with usage.measured() as stopping:
        running = ids("running")
        for some in _chunks(running, most):
            ec2.stop_instances(InstanceIds=list(some))
        ec2.get_waiter("instance_stopped").wait(InstanceIds=running)
    with usage.measured() as starting:
        stopped = ids("stopped")
        for some in _chunks(stopped, most):
            ec2.start_instances(InstanceIds=list(some))
        ec2.get_waiter("instance_running").wait(InstanceIds=stopped)
        for some in _chunks(stopped, CHECKS):
            ec2.get_waiter("instance_status_ok").wait(InstanceIds=list(some))
    told = [stopping | {"steps": {"done": len(running)}}, starting | {"steps": {"done": len(stopped)}}]
    sys.stdout.write(json.dumps(told) + "\n")


def _chunks(ids: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    return (ids[start : start + size] for start in range(0, len(ids), size))


if __name__ == "__main__":
    main()
