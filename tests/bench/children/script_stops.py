"""The reference of carrying out: a plain script with boto3 and 16 threads, and nothing written down.

Arguments: how many instances, how many ids in a look, how many in a stop.  It makes the calls toban
makes: it looks at all, stops those that run, and looks whether they have stopped.
"""

import json
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import boto3
from botocore.config import Config

THREADS = 16


def main() -> None:
    """List the instances; then measure describe, stop, describe."""
    count, look, stop = (int(text) for text in sys.argv[1:])
    ec2 = boto3.client("ec2", config=Config(max_pool_connections=THREADS))

    def states(ids: Sequence[str]) -> dict[str, str]:
        found = ec2.describe_instances(Filters=[{"Name": "instance-id", "Values": list(ids)}])
        return {
            one["InstanceId"]: one["State"]["Name"]
            for group in found["Reservations"]
            for one in group["Instances"]
        }

    pages = ec2.get_paginator("describe_instances").paginate(PaginationConfig={"PageSize": 1000})
    ids = [
        one["InstanceId"] for page in pages for group in page["Reservations"] for one in group["Instances"]
    ][:count]
    cpu, wall = time.process_time(), time.monotonic()
    with ThreadPoolExecutor(THREADS) as pool:
        before = {id_: state for seen in pool.map(states, _chunks(ids, look)) for id_, state in seen.items()}
        running = [id_ for id_ in ids if before[id_] == "running"]
        list(pool.map(lambda some: ec2.stop_instances(InstanceIds=list(some)), _chunks(running, stop)))
        after = [state for seen in pool.map(states, _chunks(running, look)) for state in seen.values()]
    spent = {"cpu": time.process_time() - cpu, "wall": time.monotonic() - wall}
    sys.stdout.write(json.dumps(spent | {"steps": {"done": after.count("stopped")}}) + "\n")


def _chunks(ids: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    return (ids[start : start + size] for start in range(0, len(ids), size))


if __name__ == "__main__":
    main()
