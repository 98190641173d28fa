"""Events through the door of the real house; prints what the first thousand took, and what all the others.

Arguments: where the queue is; how many messages lie in it.
"""

import json
import sys
import tempfile
import threading
from dataclasses import replace
from pathlib import Path

from aws.account import AccountConfig, Accounts
from bot.event import Queue
from bot.process import for_long
from bot.trouble import Rule
from jobs.desk import desk, names
from jobs.inbox import Door, Inbox
from jobs.readings.read import read
from tests.bench import apps, at_home, environment, usage
from tests.bench.events.shape import PATH

FIRST = 1000
RULES = (
    Rule("never", {"source": ["aws.nobody"], "detail": {"x": [{"numeric": [">", 5]}]}}, apps.CHANNEL),
    Rule("alarms", {"source": ["aws.cloudwatch"]}, apps.CHANNEL, buttons=("ec2 why {instance}",)),
    Rule("rest", {"source": [{"exists": True}]}, apps.CHANNEL),
)


def main() -> None:
    """Take all of it in, and measure both parts."""
    url, count = sys.argv[1], int(sys.argv[2])
    with tempfile.TemporaryDirectory() as folder, at_home.house(Path(folder), url) as home:
        aws = Accounts([AccountConfig("prod", environment.PROD, environment.REGIONS)])
        path = replace(home.path, aws=aws)
        path = replace(path, troubles=desk(lambda: path, aws, RULES))
        door = Door(path, RULES, names(aws), read, lambda _: None, apps.CHANNEL)
        queue = Queue("main", "prod", environment.REGIONS[0], f"{url}{PATH}")
        inbox = Inbox(aws, queue, door, threading.Event())
        for_long()  # as `toban run` does
        usage.forget_peak()
        with usage.measured() as first:
            taken(inbox, FIRST)
        first["peak"] = usage.peak_since()
        with usage.measured() as others:
            taken(inbox, count - FIRST)
        others["peak"] = usage.peak_since()
        events, troubles = (
            home.db.read(lambda tx, one=name: tx.exec_driver_sql(f"select count(*) from {one}").scalar())  # type: ignore[misc]
            for name in ("events", "troubles")
        )
        aws.close()
    told = {"first": first, "others": others, "events": events, "troubles": troubles}
    sys.stdout.write(json.dumps(told) + "\n")


def taken(inbox: Inbox, count: int) -> None:
    """Receive until so many messages came."""
    while count > 0:
        count -= inbox.turn(0)


if __name__ == "__main__":
    main()
