"""A desk whose config has two calendars, at Thursday noon in Tokyo."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.hours import Hours, Span
from bot.schedule import Schedule
from playground.aws.server import LocalAws
from tests.commands.desk import DEV, PROD, Desk
from tests.house import CHANNEL, OPERATOR, Time, house

TOKYO = ZoneInfo("Asia/Tokyo")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
OFFICE = Hours("office", Span(time(9), time(19)), WEEKDAYS, TOKYO)
NIGHT = Hours("night", Span(time(22), time(5)), WEEKDAYS, TOKYO)
HOURS = {one.name: one for one in (OFFICE, NIGHT)}
FOLLOWS = Schedule("office", "ec2 hours office", (), "", "Asia/Tokyo", CHANNEL, OPERATOR, hours=OFFICE)
NOON = datetime(2026, 11, 19, 3, tzinfo=UTC)
EVENING = datetime(2026, 11, 19, 10, tzinfo=UTC)  # 19:00 in Tokyo, the end of the office's hours
HOUR = timedelta(hours=1)
TAG = "toban:hours"


@contextmanager
def office(local_aws: LocalAws, folder: Path, now: datetime = NOON) -> Iterator[Desk]:
    """The desk; opening it twice, one after the other, is a restart."""
    with house(folder, [DEV, PROD], schedules=[FOLLOWS], hours=HOURS, time=Time(now)) as there:
        yield Desk(there, local_aws)


def running(desk: Desk, calendar: str = "office", count: int = 1, **tags: str) -> tuple[str, ...]:
    """Instances that run and keep these hours."""
    return desk.run(count, **tags, **{TAG: calendar})


def stopped(desk: Desk, calendar: str = "office", count: int = 1, **tags: str) -> tuple[str, ...]:
    """The same, stopped."""
    ids = running(desk, calendar, count, **tags)
    desk.ec2().stop_instances(InstanceIds=list(ids))
    return ids


def state(desk: Desk, instance: str) -> str:
    """The state of an instance as EC2 shows it."""
    (found,) = desk.ec2().describe_instances(InstanceIds=[instance])["Reservations"]
    return str(found["Instances"][0]["State"]["Name"])
