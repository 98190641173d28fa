"""What `/ec2 hours` reads of every account and region; prints the memory that it took.

Arguments: how many accounts, of two regions each; 0: one region of one account.
"""

import gc
import json
import sys
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from aws.account import AccountConfig, Accounts
from bot.command import World
from bot.flow.rules import RulesFor
from bot.hours import Hours, Span
from bot.nothing import NoLedger
from bot.process import for_long
from bot.targets import Targets
from commands.ec2 import hours
from tests.bench import environment, usage
from tests.bench.at_home import Unhurried

OFFICE = Hours("office", Span(time(9), time(19)), ("mon", "fri"), ZoneInfo("Asia/Tokyo"))


def main() -> None:
    """Measure one sweep, with all that a process holds of its clients afterwards."""
    count = int(sys.argv[1])
    configs = [
        _account(n, environment.REGIONS if count else environment.REGIONS[:1]) for n in range(count or 1)
    ]
    aws = Accounts(configs, Unhurried())
    for_long()  # as `toban run` does
    args = hours.Args(calendar=OFFICE.name, targets=Targets(everything=True))
    with usage.measured() as spent:
        plan = hours.plan(args, _world(aws))
        gc.collect()
    assert plan.unread == (), plan.unread
    sys.stdout.write(json.dumps(spent | {"places": len(aws.places())}) + "\n")
    aws.close()


def _account(number: int, regions: tuple[str, ...]) -> AccountConfig:
    id_ = f"{200000000000 + number}"
    return AccountConfig(f"a{number}", id_, regions, f"arn:aws:iam::{id_}:role/toban")


def _world(aws: Accounts) -> World:
    """A world without a database and without rules: the sweep reads AWS and the hours."""
    rules: RulesFor = object.__new__(RulesFor)
    zone = ZoneInfo("Asia/Tokyo")
    return World(datetime.now(UTC), "U0SATO", aws, NoLedger({}), rules, zone, hours={OFFICE.name: OFFICE})


if __name__ == "__main__":
    main()
