"""Calendars of office hours as a config file has them, and the slow, obvious way to read one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from holidays import country_holidays
from hypothesis import strategies as st

from bot.config.office_hours import read_dates, read_opening, span
from bot.config.public_holidays import PublicHolidays
from bot.config.values import read_days
from bot.hours import Hours

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
ODD_DAYS: Mapping[str, list[str]] = {
    "Asia/Tokyo": ["2026-11-23", "2026-12-31", "2026-05-05"],  # holidays, a year's end
    "America/New_York": ["2026-03-08", "2026-11-01", "2026-07-03"],
    "Europe/London": ["2026-03-29", "2026-10-25", "2026-12-28"],
    "Australia/Lord_Howe": ["2026-04-05", "2026-10-04"],  # half an hour
    "America/St_Johns": ["2010-03-14", "2010-11-07"],  # one minute past midnight
    "America/Sao_Paulo": ["2018-02-18", "2018-11-04"],  # at midnight
    "Pacific/Apia": ["2011-12-30"],  # a whole day
}
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True)
class Written:
    """A calendar as somebody wrote it, and a date around which it is looked at."""

    begin: str
    end: str
    days: list[str]
    zone: str
    holidays: list[str]
    closed: list[str]
    open: list[str]
    around: date

    def read(self) -> Hours:
        """What toban makes of it."""
        usual, countries = span(self.begin, self.end), tuple(self.holidays)
        openings = [read_opening(one) for one in self.open]
        return Hours(
            name="office",
            span=usual,
            days=read_days(self.days),
            zone=ZoneInfo(self.zone),
            countries=countries,
            holidays=PublicHolidays(countries),
            closed=tuple(read_dates(one) for one in self.closed),
            open=tuple((dates, own or usual) for dates, own in openings),
        )


def watched(written: Written, after: datetime, until: datetime) -> Iterator[tuple[datetime, bool]]:
    """Every minute up to a moment, and whether a reader of the config would say it is open.

    Watches a clock on the wall for some hours beforehand, and remembers the latest that it has shown: so a
    time that comes twice counts when it is first seen, and one that is jumped over when something later is.
    """
    plan = list(_plan(written, written.around - 4 * DAY, written.around + 4 * DAY))
    zone, now = ZoneInfo(written.zone), after - 180 * MINUTE
    latest = now.astimezone(zone).replace(tzinfo=None)
    while now <= until:
        latest = max(latest, now.astimezone(zone).replace(tzinfo=None))
        if now >= after:
            yield now, any(begin <= latest < end for begin, end in plan)
        now += MINUTE


def _plan(written: Written, first: date, last: date) -> Iterator[tuple[datetime, datetime]]:
    """From when to when, on the wall, day by day."""
    day = first
    while day <= last:
        hours = _hours_of(written, day)
        if hours is not None:
            begin, end = (datetime.combine(day, time.fromisoformat(one)) for one in hours)
            yield begin, end if end > begin else end + DAY
        day += DAY


def _hours_of(written: Written, day: date) -> tuple[str, str] | None:
    for exception in written.open:
        dates, _, own = exception.partition(" ")
        if str(day) in _listed(dates):
            begin, _, end = own.partition("-")
            return (begin, end) if own else (written.begin, written.end)
    if any(str(day) in _listed(dates) for dates in written.closed):
        return None
    for country in written.holidays:
        code, _, part = country.partition("-")
        if day in country_holidays(code, subdiv=part or None, years=day.year):
            return None
    return (written.begin, written.end) if WEEK[day.weekday()] in written.days else None


def _listed(dates: str) -> list[str]:
    first, _, last = dates.partition("..")
    day, listed = date.fromisoformat(first), []
    while day <= date.fromisoformat(last or first):
        listed.append(str(day))
        day += DAY
    return listed


# -- calendars that somebody might write ---------------------------------------------------------------

CLOCKS = st.sampled_from(
    [
        "00:00",
        "00:01",
        "00:30",
        "01:00",
        "01:30",
        "02:00",
        "02:30",
        "03:00",
        "09:00",
        "19:00",
        "23:30",
        "23:59",
    ]
) | st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59))


@st.composite
def written(draw: st.DrawFn) -> Written:
    """A calendar, around a day on which something is odd in its zone."""
    zone = draw(st.sampled_from(sorted(ODD_DAYS)))
    around = date.fromisoformat(draw(st.sampled_from(ODD_DAYS[zone])))
    near = st.integers(-4, 4).map(lambda days: around + days * DAY)
    dates = st.one_of(near.map(str), st.tuples(near, st.integers(0, 3)).map(_several))
    spans = st.one_of(st.just(""), st.builds(" {}-{}".format, CLOCKS, CLOCKS))
    return Written(
        begin=draw(CLOCKS),
        end=draw(CLOCKS),
        days=draw(st.lists(st.sampled_from(WEEK), min_size=1, max_size=7, unique=True)),
        zone=zone,
        holidays=draw(
            st.lists(st.sampled_from(["JP", "US", "US-CA", "GB-SCT", "AU"]), max_size=2, unique=True)
        ),
        closed=draw(st.lists(dates, max_size=2)),
        open=draw(st.lists(st.builds("{}{}".format, dates, spans), max_size=2)),
        around=around,
    )


def _several(what: tuple[date, int]) -> str:
    first, more = what
    return f"{first}..{first + more * DAY}"


def noon(day: date) -> datetime:
    """The middle of a day in UTC."""
    return datetime.combine(day, time(12), UTC)
