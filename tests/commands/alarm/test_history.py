import pytest

from bot.arguments import UsageError
from bot.event import Event
from bot.flow import troubles
from bot.store.events import Outcome
from bot.trouble import Phase
from bot.words import words
from tests.commands.alarm.alarms import DISK, WEB, come, lasted, lines
from tests.commands.desk import TOKYO, Desk, in_english


def refused(desk: Desk) -> None:
    now = desk.house.time()
    event = Event("message/1", "dev", TOKYO, now, {"body": "?"})
    troubles.refuse(desk.house.path, "main", event, Outcome.ASIDE, words("it is no JSON object"), "")


def test_the_newest_events_are_shown_with_what_became_of_each(desk: Desk) -> None:
    earlier = desk.house.time()
    lasted(desk, minutes=10)
    come(desk, WEB, Phase.BEGINS, at=earlier.replace(minute=1))
    desk.carry_out("/alarm silence rule:rest --for 1h")
    come(desk, DISK, rule=desk.house.path.troubles.rules()[2])
    refused(desk)
    plan = desk.plan("/alarm history")
    assert str(plan.summary) == (
        "the newest 5 events: 1 set aside, 1 silenced, 1 too late: something newer was known, 2 told"
    )
    rows = in_english(plan.table)
    assert [(row[3], row[4]) for row in rows] == [
        ("set aside", "–"),
        ("silenced", "#A2"),
        ("too late: something newer was known", "#A1"),
        ("told", "#A1"),
        ("told", "#A1"),
    ]
    assert rows[-1][1] == "aws.cloudwatch · CloudWatch Alarm State Change"
    assert [str(note).partition(", ")[2] for note in plan.notes] == ["set aside: it is no JSON object"]


def test_of_one_alarm_it_says_how_often_it_was_so_and_how_long_on_average(desk: Desk) -> None:
    lasted(desk, minutes=10)
    lasted(desk, minutes=20)
    lasted(desk, DISK, minutes=50)
    for line in ("/alarm history A1", f"/alarm history --subject {WEB}"):
        said = lines(desk, line)
        assert said[0] == "web-cpu is in alarm: it has begun 2 times"
        assert said[1] == "it lasts 0:15:00 on average"
        assert len(said) == 5  # what it is about, and the two events of the newest
        assert said[3].startswith("#A2, 2026-11-21T04:30:00+00:00: aws.cloudwatch")
        assert [row[:3] for row in in_english(desk.plan(line).table)] == [
            ("✅ #A2", "2026-11-21T04:10:00+00:00", "0:20:00"),
            ("✅ #A1", "2026-11-21T03:00:00+00:00", "0:10:00"),
        ]


def test_before_the_first_event_nothing_is_known(desk: Desk) -> None:
    assert lines(desk, "/alarm history") == ["AWS has said nothing yet."]


def test_a_subject_that_never_was_is_a_sentence(desk: Desk) -> None:
    with pytest.raises(UsageError, match="There was never an alarm about “nobody”"):
        desk.plan("/alarm history --subject nobody")
    come(desk)
    with pytest.raises(UsageError, match="not both"):
        desk.plan("/alarm history A1 --subject x")
