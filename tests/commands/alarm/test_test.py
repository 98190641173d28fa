import json

import pytest

from bot.arguments import UsageError
from bot.command import World
from commands.alarm import _samples
from tests.commands.alarm.alarms import ABUSE, come, lines
from tests.commands.desk import DEV_ID, PROD_ID, Desk, in_english
from tests.docs import samples

ALARM = {
    "source": "aws.cloudwatch",
    "detail-type": "CloudWatch Alarm State Change",
    "account": PROD_ID,
    "region": "ap-northeast-1",
    "time": "2026-11-21T02:00:00Z",
    "resources": ["arn:aws:cloudwatch:ap-northeast-1:111111111111:alarm:web-cpu"],
    "detail": {"alarmName": "web-cpu", "state": {"value": "ALARM"}},
}


def test_the_samples_are_the_events_of_the_tests_whose_shapes_are_awss() -> None:
    """`python -m tests.docs` copies them anew."""
    assert {path: path.read_text(encoding="utf-8") for path in _samples.FOLDER.glob("*.json")} == samples()


def test_alone_it_names_the_samples(desk: Desk) -> None:
    plan = desk.plan("/alarm test")
    rows = in_english(plan.table)
    assert ("health_abuse", "aws.health", "AWS Health Abuse Event") in rows
    assert len(rows) == len(_samples.names()) > 70


def test_every_sample_is_read_by_the_rule_that_fits_it_and_nothing_changes(desk: Desk) -> None:
    for name in _samples.names():
        said = lines(desk, f"/alarm test {name}")
        assert any(
            " fits it, and would tell of it in C0OPS" in each or "no rule fits it" in each for each in said
        )
        assert said[-1].startswith("its shape is that of AWS's page “")
    assert desk.house.path.troubles.events() == []
    assert desk.house.path.troubles.find(["open", "over"]) == []  # type: ignore[list-item]  # as stored


def test_it_tells_what_the_event_means_and_the_line_that_would_be_asked(desk: Desk) -> None:
    said = lines(desk, "/alarm test health_abuse")
    assert said[0] == "🔴 AWS reports abuse: dos report"
    assert said[1] == "an alarm would begin; severity: critical"
    assert "the rule abuse fits it, and would tell of it in C0OPS" in said
    assert "it would ask `/ec2 stop i-0a1b2c3d4e5f60718` with the rights of U0SATO" in said


def test_a_sample_is_as_if_it_were_of_the_teams_first_account(desk: Desk) -> None:
    world: World = desk.house.path.observer()
    assert _samples.sample("health-abuse.json", world).envelope["account"] == DEV_ID
    assert PROD_ID not in json.dumps(_samples.sample("sns_text", world).envelope)


def test_an_event_may_be_given_as_json_also_with_the_quotes_that_a_keyboard_makes(desk: Desk) -> None:
    text = json.dumps(ALARM)
    curly = "“".join(text.split('"'))
    for typed in (text, f"```{text}```", curly):
        said = lines(desk, f"/alarm test {typed}")
        assert said[0] == "🔴 web-cpu is in alarm"
        assert "U0MILLER would be called" in said


def test_it_says_which_alarm_it_would_be_news_of_and_that_it_is_silent(desk: Desk) -> None:
    (arn,) = ALARM["resources"]
    come(desk, str(arn))
    desk.carry_out("/alarm silence A1 --for 1h")
    said = lines(desk, f"/alarm test {json.dumps(ALARM)}")
    assert "it is about the same as #A1, which is not over" in said
    assert "nobody would hear of it: U0SATO has silenced it" in said


def test_a_line_that_wants_what_the_event_does_not_name_is_not_asked(desk: Desk) -> None:
    event = {"source": "aws.health", "detail-type": "AWS Health Event", "detail": {"service": "ABUSE"}}
    said = lines(desk, f"/alarm test {json.dumps(event)}")
    assert f"“{ABUSE.do}” would not be asked: the event names no instance" in said


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("health_abus", "There is no sample “health_abus”; did you mean health_abuse"),
        ("rds_failover", "did you mean rds_fail"),
        ("xyzzy", "“xyzzy” is neither a sample nor JSON"),
        ("{oops}", "It is no JSON: expecting property name"),
        ('{"a": 1}', "An event has at least “source”"),
        (
            '{"source": "x", "detail-type": "y", "account": "999999999999"}',
            "is not acted on: it is of account 999",
        ),
        ("{" * 500, "It is no JSON"),
        ('{"a":' * 3000, "It is no JSON"),
    ],
)
def test_what_is_no_event_is_a_sentence(desk: Desk, typed: str, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        desk.plan(f"/alarm test {typed}")
