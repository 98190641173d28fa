"""The hours of a day as text: a column an hour, in the calendar's own zone."""

import json
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.brief import Held
from bot.hours import Dates, Hours, Span
from bot.views.home import Desk, home
from bot.views.hours import hours_blocks, picture
from playground.slack.limits.views import check_view
from tests.bot.views.reports import NOW, TOKYO, speaker

MONDAY = datetime(2026, 11, 16, 5, 20, tzinfo=UTC)  # 14:20 in Tokyo
WEEK = ("mon", "tue", "wed", "thu", "fri")


def office(begin: str = "09:00", end: str = "19:00", **changes: Any) -> Hours:
    span = Span(time.fromisoformat(begin), time.fromisoformat(end))
    return Hours(**{"name": "office-tokyo", "span": span, "days": WEEK, "zone": TOKYO, **changes})


def held(number: int = 17, instance: str = "i-0abc") -> Held:
    line = "/ec2 keep running tag:env=dev --until 22:00"
    return Held("dev", "ap-northeast-1", instance, "ec2.stop", NOW, number, "U0ANNA", line)


def said(*calendars: Hours, language: str = "en", now: datetime = MONDAY) -> str:
    kept = (held(), held(instance="i-0def"), held(18))
    return json.dumps(hours_blocks(calendars, kept, speaker(language), now), ensure_ascii=False)


@pytest.mark.parametrize(
    ("hours", "drawn"),
    [
        (office(), "0░░░░░░6░░░███12██◆███18█░░░░░24"),
        (office("09:30", "18:15"), "0░░░░░░6░░░▄██12██◆███18▄░░░░░24"),
        (office("22:00", "06:00"), "0░░░░░░6░░░░░░12░░◆░░░18░░░░██24"),
        (office("22:00", "06:00", days=(*WEEK, "sun")), "0██████6░░░░░░12░░◆░░░18░░░░██24"),
        (office("00:00", "00:00"), "0██████6██████12██◆███18██████24"),
        (office(days=("sat",)), "0░░░░░░6░░░░░░12░░◆░░░18░░░░░░24"),
    ],
)
def test_a_day_is_drawn_hour_by_hour(hours: Hours, drawn: str) -> None:
    assert picture(hours, MONDAY) == drawn


def test_the_day_and_the_hour_are_those_of_the_calendars_zone() -> None:
    london = office(zone=ZoneInfo("Europe/London"))
    assert picture(london, MONDAY) == "0░░░░░◆6░░░███12██████18█░░░░░24"


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_a_day_on_which_the_clocks_change_has_24_columns_too(day: str) -> None:
    london = office(zone=ZoneInfo("Europe/London"), days=("sun",))
    now = datetime.fromisoformat(f"{day}T20:00+00:00")
    drawn = picture(london, now).replace("◆", "░")
    assert drawn == "0░░░░░░6░░░███12██████18█░░░░░24"


def test_a_closed_date_is_empty_and_an_exception_has_its_own_hours() -> None:
    day = Dates(date(2026, 11, 16), date(2026, 11, 16))
    assert "█" not in picture(office(closed=(day,)), MONDAY)
    early = office(open=((day, Span(time(6), time(9))),))
    assert picture(early, MONDAY) == "0░░░░░░6███░░░12░░◆░░░18░░░░░░24"


def test_the_words_say_what_the_picture_shows() -> None:
    assert "🟢 *office-tokyo (Asia/Tokyo): open until" in said(office())
    later = said(office(), now=MONDAY + timedelta(hours=5))
    assert "⚪ *office-tokyo (Asia/Tokyo): closed until" in later
    assert "always open" in said(office("00:00", "00:00", days=(*WEEK, "sat", "sun")))
    assert "(Asia/Tokyo): closed*" in said(office(days=()))


def test_the_words_are_said_in_the_readers_language_too() -> None:
    japanese = said(office(), language="ja")
    assert "office-tokyo" in japanese
    assert "open until" not in japanese
    assert "holds" not in japanese


def test_what_is_kept_otherwise_stands_below_once_for_each_operation() -> None:
    text = said(office())
    assert "#17 by <@U0ANNA> holds 2 resources until" in text
    assert "#18 by <@U0ANNA> holds 1 resource until" in text
    assert text.count("`/ec2 keep running tag:env=dev --until 22:00`") == 2


def test_slack_takes_a_home_with_many_calendars_and_a_line_fits_a_phone() -> None:
    many = [office(name="長" * 300)] * 50
    view = home(Desk(hours=many, held=[held()] * 50), speaker(), MONDAY)
    check_view(view, "home")
    assert len(picture(office(), MONDAY)) <= 34  # characters of a line of code on a small phone


def test_a_team_without_hours_sees_nothing_of_them() -> None:
    assert "Office hours" not in json.dumps(home(Desk(), speaker(), MONDAY))
