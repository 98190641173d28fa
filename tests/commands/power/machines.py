"""Instances and databases that keep hours, without an AWS."""

from dataclasses import replace
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from aws.account import Place
from aws.database import Database
from aws.instance import Instance
from aws.tags import Tags
from bot.brief import Held
from bot.hours import Hours, Span
from commands.calendars import TAG

HERE = Place("dev", "ap-northeast-1")
TOKYO = ZoneInfo("Asia/Tokyo")
OFFICE = Hours("office", Span(time(9), time(19)), ("mon", "tue", "wed", "thu", "fri"), TOKYO)
ID = "i-0123456789abcdef0"


def machine(state: str, calendar: str = "office", **rest: Any) -> Instance:
    """An instance with this state and calendar; "": it has no tag."""
    made = Instance(
        id=ID,
        name="web-1",
        state=state,
        state_reason="",
        type="t3.micro",
        zone="ap-northeast-1a",
        image_id="ami-0123456789abcdef0",
        tags=Tags.of({TAG: calendar} if calendar else {}),
        volume_ids=(),
        root_volume_id="",
        root_device="ebs",
        lifecycle="",
        launched=None,
    )
    return replace(made, **rest)


def database(state: str, calendar: str = "office", **rest: Any) -> Database:
    """A database with this state and calendar."""
    made = Database("shop", state, "mysql", 7, None, Tags.of({TAG: calendar}))
    return replace(made, **rest)


def held(action: str, until: datetime, resource: str = ID, number: int = 17) -> Held:
    """What an open operation has planned for one of these."""
    return Held(HERE.account, HERE.region, resource, action, until, number, "U0SATO", "ec2 keep")


def tokyo(text: str) -> datetime:
    """A moment by Tokyo's clocks."""
    return datetime.fromisoformat(text).replace(tzinfo=TOKYO)
