import csv
import io

from bot.trouble import Phase
from tests.commands.alarm.alarms import DISK, REST, WEB, come, lasted
from tests.commands.desk import Desk, in_english
from tests.house import OPERATOR


def test_what_is_not_over_is_listed_the_newest_first_with_who_looks_at_it(desk: Desk) -> None:
    come(desk)
    desk.carry_out("/alarm acknowledge 1")
    come(desk, DISK, rule=REST, account="dev")
    lasted(desk, "arn:alarm:old", minutes=5)
    plan = desk.plan("/alarm list")
    assert str(plan.summary) == "2 alarms: 1 open, 1 acknowledged"
    newer, older = in_english(plan.table)
    assert newer[:2] == ("🔴 #A2", "disk is in alarm")
    assert newer[3:] == ("open", "", "dev", "ap-northeast-1")
    assert older[0] == "🟡 #A1"
    assert older[3:6] == ("acknowledged", f"<@{OPERATOR}>", "prod")


def test_without_any_it_says_that_nothing_is_open(desk: Desk) -> None:
    plan = desk.plan("/alarm list")
    assert (str(plan.summary), plan.table) == ("no alarm is open", None)


def test_those_that_are_over_are_listed_when_asked_for(desk: Desk) -> None:
    lasted(desk, minutes=5)
    come(desk, DISK)
    assert [row[0] for row in in_english(desk.plan("/alarm list --state over").table)] == ["✅ #A1"]
    both = in_english(desk.plan("/alarm list --state all").table)
    assert [row[0] for row in both] == ["🔴 #A2", "✅ #A1"]
    assert str(desk.plan("/alarm list --state acknowledged").summary) == "there is no such alarm"


def test_one_account_alone(desk: Desk) -> None:
    come(desk, account="prod")
    come(desk, DISK, account="dev")
    assert [row[5] for row in in_english(desk.plan("/alarm list --account dev").table)] == ["dev"]


def test_every_alarm_of_a_storm_is_there_although_its_message_names_a_few(desk: Desk) -> None:
    for number in range(60):
        come(desk, f"arn:alarm:web-{number}")
    plan = desk.plan("/alarm list")
    assert str(plan.summary) == "60 alarms: 60 open"
    assert len(in_english(plan.table)) == 50
    assert plan.file is not None
    rows = list(csv.DictReader(io.StringIO(plan.file.text)))
    assert {row["subject"] for row in rows} == {f"arn:alarm:web-{number}" for number in range(60)}
    assert rows[0]["title"] == "web-59 is in alarm"


def test_what_is_silent_or_snoozed_says_so(desk: Desk) -> None:
    come(desk)
    desk.carry_out("/alarm snooze 1 --for 2h")
    ((*_, snoozed, _, _, _),) = in_english(desk.plan("/alarm list").table)
    assert snoozed.startswith("open, quiet until 2026-11-21T05:0")
    desk.carry_out("/alarm silence 1 --for 2h")
    assert in_english(desk.plan("/alarm list").table)[0][3] == "open, silenced"


def test_what_only_tells_is_listed_too(desk: Desk) -> None:
    come(desk, WEB, Phase.TELLS)
    assert [row[0] for row in in_english(desk.plan("/alarm list").table)] == ["🔴 #A1"]
