"""Timetables as people type them, and lines that stand inside another line."""

import pytest

from bot.arguments import UsageError
from bot.grammar.grammar import HelpWanted, Parsed
from bot.grammar.when import read_times
from bot.schedule import DAYS
from tests.bot.grammar.verbs import GRAMMAR

ADD = "schedule add"


def parsed(text: str) -> Parsed:
    found = GRAMMAR.parse(text)
    assert not isinstance(found, HelpWanted)
    return found


def refused(text: str) -> str:
    with pytest.raises(UsageError) as caught:
        GRAMMAR.parse(text)
    return str(caught.value)


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("weekdays 09:00 Asia/Tokyo", "weekdays 09:00 Asia/Tokyo"),
        ("daily 9:05", "daily 09:05"),
        ("mon,fri 20:00", "mon,fri 20:00"),
        ("mon fri 20:00 UTC", "mon,fri 20:00 UTC"),
        ("Sat-Mon 00:00 Europe/London", "mon,sat,sun 00:00 Europe/London"),
        ("mon–wed 23:59", "mon,tue,wed 23:59"),
        ("平日 ９：００ JST", "weekdays 09:00 Asia/Tokyo"),
        ("月曜日、水 10:00", "mon,wed 10:00"),
        ("月〜金 10:00", "weekdays 10:00"),
        ("毎日　1:00", "daily 01:00"),
        ("週末\u00a012:00", "weekends 12:00"),
        ("「平日 9:00」", "weekdays 09:00"),
        ("1st 09:00", "monthly 09:00"),
        ("monthly 9:00 JST", "monthly 09:00 Asia/Tokyo"),
        ("mon,15TH 09:00", "mon,15th 09:00"),
        ("毎月 9:00", "monthly 09:00"),
        ("毎月２５日 9:00", "25th 09:00"),
    ],
)
def test_a_timetable_is_read_as_it_is_meant(typed: str, means: str) -> None:
    assert str(read_times(typed)) == means


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("weekdays", "“weekdays” is no timetable"),
        ("09:00", "“09:00” is no timetable"),
        ("daily 24:00", "“daily 24:00” is no timetable"),
        ("daily 09:00 Asia/Tokyo please", "is no timetable"),
        ("wekdays 09:00", "there is no day “wekdays”. Did you mean weekdays"),
        ("0-4 09:00", "there is no day “0”. Choose from mon"),
        ("daily 09:00 Asia/Tokio", "there is no time zone “Asia/Tokio”. Did you mean Asia/Tokyo"),
        ("daily 09:00 ../etc", "there is no time zone"),
    ],
)
def test_what_is_no_timetable_is_told_with_what_would_be(typed: str, said: str) -> None:
    assert said in refused(f'{ADD} "{typed}" ec2 list')


def test_every_weekday_has_a_name_in_both_languages() -> None:
    assert read_times("月,火,水,木,金,土,日 01:00").days == DAYS


def test_a_line_inside_a_line_is_kept_as_it_would_be_stored_itself() -> None:
    found = parsed(f'{ADD} "daily 09:00" /ec2 stop -–force tag:env=dev')
    assert found.args.line == "/ec2 stop tag:env=dev --force"
    assert found.line == f'{ADD} "daily 09:00" "/ec2 stop tag:env=dev --force"'
    assert parsed(found.line) == found


def test_its_own_options_are_its_own_and_ours_are_ours() -> None:
    found = parsed(f'{ADD} "daily 09:00" --name off /ec2 stop tag:env=dev --account dev --grace 5m')
    assert found.args.line == "/ec2 stop tag:env=dev --account dev"
    assert found.args.name == "off"
    assert found.args.grace.total_seconds() == 300


def test_what_stands_in_quotation_marks_is_its_own_alone() -> None:
    found = parsed(f"{ADD} 'daily 09:00' '/ec2 stop tag:\"name\"=\"--name x\"' --name off")
    assert found.args.line == '/ec2 stop tag:name="--name x"'
    assert found.args.name == "off"


def test_a_line_inside_that_means_nothing_is_refused_as_it_would_be_itself() -> None:
    assert refused(f'{ADD} "daily 09:00" /ec2 stpo all') == "/ec2 has no “stpo”. Did you mean stop?"
    assert refused(f'{ADD} "daily 09:00" ec2 stop all --nam x') == (
        "/ec2 stop has no option --nam. Choose from --account, --region, --force, --reason."
    )
    assert refused(f'{ADD} "daily 09:00" /ec2') == "/ec2 asks for nothing"
    assert refused(f'{ADD} "daily 09:00"') == "/schedule add needs <line>."


def test_a_line_that_holds_a_line_is_refused_however_deep() -> None:
    deep = f'{ADD} "daily 09:00" ' * 1_000
    assert refused(f"{deep} ec2 list") == "/schedule add cannot stand inside another line."
