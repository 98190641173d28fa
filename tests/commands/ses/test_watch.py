from datetime import UTC, datetime

from bot.event import Event
from bot.operation import StepState
from bot.trouble import Severity
from jobs.readings.read import read
from tests.commands.alarm.watchers import there
from tests.commands.desk import DEV_ID, PROD_ID, TOKYO, Desk, left
from tests.commands.ses.mails import TOPIC, stands


def test_alarms_ring_before_aws_pauses_sending(desk: Desk) -> None:
    stands(desk, sent=5)
    rows = desk.carry_out(f"/ses watch --topic {TOPIC} --account dev --region {TOKYO}")
    assert {row.state for row in rows} == {StepState.DONE}
    limits = {name: (one["MetricName"], one["Threshold"]) for name, one in there(desk).items()}
    assert limits == {
        "toban/ses/bounces-warning": ("Reputation.BounceRate", 0.05),
        "toban/ses/bounces-critical": ("Reputation.BounceRate", 0.09),
        "toban/ses/complaints-warning": ("Reputation.ComplaintRate", 0.001),
        "toban/ses/complaints-critical": ("Reputation.ComplaintRate", 0.004),
        "toban/ses/quota-warning": ("QuotaUsed", 80.0),
        "toban/ses/health-critical": ("Healthy", 1.0),
    }
    assert {one["TreatMissingData"] for one in there(desk).values()} == {"ignore"}


def test_watched_twice_nothing_is_left_to_do(desk: Desk) -> None:
    stands(desk, sent=5)
    desk.carry_out(f"/ses watch --topic {TOPIC}")
    plan = desk.plan(f"/ses watch --topic {TOPIC} --account dev --region {TOKYO}")
    assert plan.steps == ()
    assert left(plan) == {"toban/ses": "it has its alarms already"}


def test_where_nothing_is_sent_nothing_is_watched(desk: Desk) -> None:
    stands(desk, PROD_ID, sent=5)
    desk.carry_out(f"/ses watch --topic {TOPIC}")
    assert there(desk) == {}
    assert len(there(desk, PROD_ID)) == 6


def test_how_much_such_an_alarm_matters_is_read_from_its_name() -> None:
    def of(name: str) -> Severity:
        arn = f"arn:aws:cloudwatch:{TOKYO}:{DEV_ID}:alarm:{name}"
        detail = {"alarmName": name, "state": {"value": "ALARM"}}
        source = {"source": "aws.cloudwatch", "detail-type": "CloudWatch Alarm State Change"}
        at = datetime(2026, 11, 21, tzinfo=UTC)
        return read(Event("k", "dev", TOKYO, at, {**source, "resources": [arn], "detail": detail})).severity

    assert of("toban/ses/bounces-warning") is Severity.WARNING
    assert of("toban/ses/bounces-critical") is Severity.CRITICAL
