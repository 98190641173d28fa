"""Deciding, for one tick of the clock, what the office hours of many instances want."""

import statistics
import time as clock
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from aws.account import Place
from aws.instance import Instance
from aws.tags import Tags
from bot.brief import Held
from bot.config.public_holidays import PublicHolidays, read_country
from bot.hours import Dates, Hours, Span, is_open
from commands.power import hours, overrides
from commands.power.hours import Decided, Rules
from tests.bench.figure import Figure

INSTANCES, CALENDARS, OVERRIDES, TIMES = 5_000, 100, 500, 9
ZONES = ("Asia/Tokyo", "Europe/London", "America/New_York", "Australia/Lord_Howe", "UTC")
PLACE = Place("dev", "ap-northeast-1")
NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)


def measure() -> list[Figure]:
    """From Instance objects to steps and what is left: one median of several."""
    calendars, found, held = _calendars(), list(_instances()), list(_held())
    took, made = [], Decided((), ())
    for again in range(TIMES + 1):
        begun = clock.perf_counter()
        made = _decide(calendars, found, held, NOW + timedelta(hours=again))
        took.append((clock.perf_counter() - begun) * 1000)
    if len(made.steps) + len(made.left) != INSTANCES:
        raise RuntimeError("some instances were forgotten")
    name = f"deciding {INSTANCES:,} instances, {CALENDARS} calendars, {OVERRIDES} overrides"
    # The first also works out the holidays of the year; reading the config has imported their library.
    return [
        Figure(name, statistics.median(took[1:]), 200.0, "ms"),
        Figure("… for the first time", took[0], 200.0, "ms"),
    ]


def _decide(
    calendars: dict[str, Hours], found: list[tuple[Place, Instance]], held: list[Held], now: datetime
) -> Decided:
    wanted = {name: is_open(one, now) for name, one in calendars.items()}
    return hours.of_instances(found, Rules(wanted, calendars, overrides.by_resource(held, now)))


def _calendars() -> dict[str, Hours]:
    """Of five zones, days and nights, with holidays, closed dates and exceptions."""
    closed = tuple(Dates(date(2026, 12, day), date(2026, 12, day + 1)) for day in range(1, 20, 3))
    countries = read_country("JP"), read_country("US")
    holidays = PublicHolidays(countries)  # calendars of the same countries share them
    made = (
        Hours(
            f"office-{n}",
            Span(time(n % 24), time((n + 9) % 24, 30)),
            ("mon", "tue", "wed", "thu", "fri"),
            ZoneInfo(ZONES[n % len(ZONES)]),
            countries=countries,
            holidays=holidays,
            closed=closed,
            open=((Dates(date(2026, 12, 5), date(2026, 12, 6)), Span(time(10), time(15))),),
        )
        for n in range(CALENDARS)
    )
    return {one.name: one for one in made}


def _instances() -> Iterator[tuple[Place, Instance]]:
    """Half of them run."""
    for n in range(INSTANCES):
        tags = {"toban:hours": f"office-{n % CALENDARS}", "env": "dev", "Name": f"web-{n}"}
        yield PLACE, _instance(f"i-{n:017x}", "running" if n % 2 else "stopped", Tags.of(tags))


def _instance(id_: str, state: str, tags: Tags) -> Instance:
    volume = id_.replace("i-", "vol-")
    return Instance(
        id=id_,
        name=tags["Name"],
        state=state,
        state_reason="",
        type="t3.micro",
        zone="ap-northeast-1a",
        image_id="ami-0123456789abcdef0",
        tags=tags,
        volume_ids=(volume,),
        root_volume_id=volume,
        root_device="ebs",
        lifecycle="",
        launched=None,
    )


def _held() -> Iterator[Held]:
    for n in range(0, INSTANCES, INSTANCES // OVERRIDES):
        line = "ec2 keep running"
        until = NOW + timedelta(days=1)
        yield Held(PLACE.account, PLACE.region, f"i-{n:017x}", "ec2.stop", until, n, "U0SATO", line)
