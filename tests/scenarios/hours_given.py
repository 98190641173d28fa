"""What stories of office hours begin with."""

from datetime import time
from zoneinfo import ZoneInfo

from bot.hours import Hours, Span
from playground.aws.server import LocalAws
from tests.scenarios.conftest import ACCOUNT, TOKYO, run_instances

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
OFFICE = Hours("office", Span(time(9), time(19)), WEEKDAYS, ZoneInfo("Asia/Tokyo"))
"""Closed on the Saturday on which the house's clock begins."""


def two_that_run(aws: LocalAws) -> str:
    """Two instances of the office that run."""
    run_instances(aws, 2, {"toban:hours": OFFICE.name})
    return ""


def one_that_is_stopped(aws: LocalAws) -> str:
    """An instance of the office that is stopped; its id."""
    (one,) = run_instances(aws, 1, {"toban:hours": OFFICE.name})
    aws.client("ec2", account=ACCOUNT, region=TOKYO).stop_instances(InstanceIds=[one])
    return one
