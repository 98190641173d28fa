"""What stories of office hours begin with."""

from datetime import time
from zoneinfo import ZoneInfo

from bot.hours import Hours, Span
from playground.aws.server import LocalAws
from tests.scenarios.conftest import run_instances

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
OFFICE = Hours("office", Span(time(9), time(19)), WEEKDAYS, ZoneInfo("Asia/Tokyo"))
"""Closed on the Saturday on which the house's clock begins."""


def two_that_run(aws: LocalAws) -> str:
    """Two instances of the office that run; named, so that no database is asked about."""
    return " ".join(run_instances(aws, 2, {"toban:hours": OFFICE.name}))
