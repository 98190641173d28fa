"""A CloudWatch alarm: what who is on duty reads of it, and when its trouble begins and ends."""

import json

import pytest

from bot.event import Event
from bot.trouble import Phase, Severity
from jobs.readings.alarm_metric import of
from jobs.readings.read import read
from tests.jobs.readings.given import INSTANCE, body, buttons, event, facts, reading, say

ARN = "arn:aws:cloudwatch:ap-northeast-1:222222222222:alarm:web-cpu-too-high"


def test_an_alarm_says_why_and_how_far_and_since_when_it_was_fine() -> None:
    found = reading("alarm_metric")
    assert say(found.title) == "web-cpu-too-high is in alarm"
    assert found.severity is Severity.CRITICAL
    why, *others = facts(found)
    assert why.startswith("reason: Threshold Crossed: 1 out of the last 1 datapoints [99.5] was greater than")
    assert others == [
        "value 99.5, threshold 50",
        "AWS/EC2 CPUUtilization: Average over 5 min",
        f"of InstanceId={INSTANCE}",
        "before: OK since 21 Nov 2026, 22:56 JST",
        "about it: Goes into alarm when server CPU utilization is too high!",
    ]
    assert buttons(found) == {f"Why {INSTANCE}?": f"ec2 why {INSTANCE}"}


def test_alarm_then_fine_then_alarm_is_one_trouble_that_begins_ends_and_begins() -> None:
    told = [reading(name) for name in ("alarm_metric", "alarm_metric_ok", "alarm_metric")]
    assert [one.phase for one in told] == [Phase.BEGINS, Phase.ENDS, Phase.BEGINS]
    assert {one.subject for one in told} == {ARN}
    assert say(told[1].title) == "web-cpu-too-high is fine again"


def test_an_alarm_that_loses_its_data_goes_on_and_any_other_that_has_none_begins_nothing() -> None:
    assert reading("alarm_metric_no_data").phase is Phase.GOES_ON
    assert say(reading("alarm_metric_no_data").title) == "web-cpu-too-high has no data"
    assert reading("alarm_metric_no_data", previousState={"value": "OK"}).phase is Phase.ENDS
    assert reading("alarm_metric_no_data", previousState={}).phase is Phase.ENDS


def test_an_alarm_means_the_same_whether_it_came_by_eventbridge_or_by_sns() -> None:
    straight, by_sns = reading("alarm_metric"), reading("alarm_by_sns")
    assert (by_sns.subject, by_sns.phase, by_sns.title) == (straight.subject, straight.phase, straight.title)
    assert (by_sns.names, by_sns.offers, by_sns.cause) == (straight.names, straight.offers, straight.cause)
    assert by_sns.metric == straight.metric
    assert straight.metric["threshold"] == "50", "the picture shows where it is"
    assert "threshold" not in reading("alarm_math").metric, "what is computed has its own scale"
    assert "threshold > 50" in facts(by_sns)


@pytest.mark.parametrize(("name", "value"), [("name", "value"), ("Name", "Value")])
def test_dimensions_by_sns_are_read_with_small_letters_and_with_capital_ones(name: str, value: str) -> None:
    sides = [{name: "InstanceId", value: INSTANCE}]
    assert of({"trigger": {"MetricName": "X", "Dimensions": sides}}).dimensions == {"InstanceId": INSTANCE}


def test_a_picture_can_be_made_of_what_is_kept_of_the_metric() -> None:
    assert reading("alarm_metric").metric == {
        "namespace": "AWS/EC2",
        "name": "CPUUtilization",
        "statistic": "Average",
        "period": "300",
        "dimensions": json.dumps({"InstanceId": INSTANCE}),
        "threshold": "50",
    }


def test_an_alarm_on_a_band_says_what_was_expected() -> None:
    found = reading("alarm_band")
    assert facts(found)[1] == "value 0, expected between 0.0206 and 0.301"
    assert "computed: ANOMALY_DETECTION_BAND(m1, 0.8)" in facts(found)
    assert found.metric["name"] == "CPUUtilization"


def test_an_alarm_on_metric_math_shows_the_first_metric_and_what_is_computed() -> None:
    found = reading("alarm_math")
    assert "value 45,628, threshold 10,000" in facts(found)
    assert "AWS/EC2 NetworkIn: Maximum over 5 min" in facts(found)
    assert "computed: SUM(METRICS())" in facts(found)


def test_an_alarm_of_alarms_names_those_that_made_it_ring() -> None:
    found = reading("alarm_composite")
    assert facts(found)[:3] == [
        "reason: web-cpu-too-high transitioned to ALARM at Sunday 22 November, 2026 01:00:45 UTC",
        "computed: ALARM(web-cpu-too-high) OR ALARM(network-traffic-too-high-warning)",
        "by its alarms: web-cpu-too-high",
    ]
    assert "its own actions are held back: Actions suppressed by WaitPeriod" in facts(found)
    assert (found.metric, found.offers) == ({}, ())


@pytest.mark.parametrize(
    ("name", "description", "severity"),
    [
        ("web-cpu", "", Severity.CRITICAL),
        ("web-cpu-warning", "", Severity.WARNING),
        ("WebCpuWarning", "", Severity.WARNING),
        ("web_cpu_P3", "", Severity.WARNING),
        ("ウェブ CPU 警告", "", Severity.WARNING),
        ("web-cpu", "SEV4: look at it in the morning", Severity.WARNING),
        ("web-cpu-warning", "critical since the last release", Severity.CRITICAL),
        ("CPUCreditBalanceTooLow", "nothing to forewarn of", Severity.CRITICAL),
        ("web-cpu 緊急", "warning", Severity.CRITICAL),
    ],
)
def test_an_alarm_is_critical_unless_its_name_or_description_says_less(
    name: str, description: str, severity: Severity
) -> None:
    configuration = {"description": description}
    assert reading("alarm_metric", alarmName=name, configuration=configuration).severity is severity


@pytest.mark.parametrize(
    ("dimensions", "named", "line"),
    [
        ({"DBInstanceIdentifier": "shop-db"}, {"database": "shop-db"}, "rds list shop-db"),
        ({"AutoScalingGroupName": "web"}, {"group": "web"}, "asg list web"),
        ({"LoadBalancer": "app/front/50dc6c495c0c9188"}, {"balancer": "front"}, "balancer list front"),
        ({"VolumeId": "vol-0b1c2d3e4f5061728"}, {"volume": "vol-0b1c2d3e4f5061728"},
         "volume list vol-0b1c2d3e4f5061728"),
    ],
)  # fmt: skip
def test_what_an_alarm_watches_is_named_and_shown_by_a_button(
    dimensions: dict[str, str], named: dict[str, str], line: str
) -> None:
    metric = {
        "metric": {"namespace": "AWS/X", "name": "Y", "dimensions": dimensions},
        "period": 60,
        "stat": "Sum",
    }
    found = reading("alarm_metric", configuration={"metrics": [{"id": "m", "metricStat": metric}]})
    assert named.items() <= found.names.items()
    assert list(buttons(found).values()) == [line]


@pytest.mark.parametrize(
    "value", ["all", "i-123", "tag:env=prod", f"{INSTANCE} all", "vol-0b1c2d3e4f5061728"]
)
def test_what_calls_itself_an_instance_and_is_none_is_named_to_nobody(value: str) -> None:
    metric = {"metric": {"namespace": "AWS/EC2", "name": "Y", "dimensions": {"InstanceId": value}}}
    found = reading("alarm_metric", configuration={"metrics": [{"id": "m", "metricStat": metric}]})
    assert "instance" not in found.names
    assert found.offers == ()


def test_troubles_of_one_account_and_namespace_have_one_cause() -> None:
    assert reading("alarm_metric").cause == reading("alarm_math").cause == "prod AWS/EC2"


def test_an_alarm_in_a_state_that_nobody_knows_is_shown_as_it_is(caplog: pytest.LogCaptureFixture) -> None:
    found = reading("alarm_metric", state={"value": "PONDERING"})
    assert say(found.title) == "aws.cloudwatch · CloudWatch Alarm State Change"
    assert "state.value: PONDERING" in facts(found)
    assert [one.levelname for one in caplog.records] == ["WARNING"]


def test_an_alarm_without_an_arn_is_known_by_its_place_and_name() -> None:
    given = event("alarm_metric")
    bare = Event(given.key, given.account, given.region, given.at, {**body("alarm_metric"), "resources": []})
    assert read(bare).subject == "alarm:prod/ap-northeast-1/web-cpu-too-high"


@pytest.mark.parametrize(
    ("said", "statistic"), [("AVERAGE", "Average"), ("SAMPLE_COUNT", "SampleCount"), ("", "")]
)
def test_a_statistic_by_sns_has_the_name_that_cloudwatch_asks_for(said: str, statistic: str) -> None:
    assert of({"trigger": {"MetricName": "X", "Statistic": said}}).statistic == statistic
