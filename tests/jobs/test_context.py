"""What is found out about a trouble once its message is there."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, insert

from aws import deployment
from aws.account import AccountConfig
from bot.flow.path import Path as Ways
from bot.operation import StepState
from bot.store import audit, outbox
from bot.store.schema import asks
from bot.trouble import Phase
from jobs import context
from tests.canned import CannedAccounts, Refusal
from tests.happened import DISK, INSTANCE, RULE, come, newest
from tests.house import House, house

METRIC = {
    "namespace": "AWS/EC2",
    "name": "CPUUtilization",
    "statistic": "Average",
    "period": "60",
    "dimensions": '{"InstanceId": "i-0123456789abcdef0"}',
    "threshold": "90",
}
NOTHING: dict[str, Any] = {
    "cloudtrail.LookupEvents": {"Events": []},
    "monitoring.GetMetricData": {"MetricDataResults": []},
}


@pytest.fixture
def there(tmp_path: Path) -> Iterator[House]:
    with house(tmp_path, [AccountConfig("dev", "123456789012", ("ap-northeast-1",))], rules=(RULE,)) as made:
        yield made


def ways(there: House, **replies: Any) -> Ways:
    """The path, where AWS answers so; and nothing else."""
    return replace(there.path, aws=CannedAccounts({**NOTHING, **replies}, role=None))


def found(there: House, path: Ways) -> list[str]:
    assert context.look(path) >= 1
    return [str(one) for one in newest(there).context]


def event(name: str, who: str, there: House, ago: int) -> dict[str, Any]:
    at = there.time() - timedelta(minutes=ago)
    return {
        "EventName": name,
        "Username": who,
        "EventTime": at,
        "ReadOnly": "false",
        "CloudTrailEvent": f'{{"userIdentity": {{"arn": "{who}"}}}}',
    }


def test_it_says_how_often_it_was_so_before(there: House) -> None:
    began = there.time()
    for _ in range(2):
        come(there)
        there.time.pass_(minutes=5)
        come(there, Phase.ENDS)
        there.time.pass_(hours=1)
    come(there)
    come(there, subject=DISK)
    (said,) = found(there, ways(there))
    assert said.startswith("it has been so 2 times before, last on ")
    assert began.isoformat() not in said


def test_it_says_what_toban_did_shortly_before(there: House) -> None:
    done = {"outcome": StepState.DONE, "action": "ec2.stop", "operation": 7}
    of = {"account": "dev", "region": "ap-northeast-1", "resource": INSTANCE}
    stopped = audit.line(audit.Event.STEP_ENDED, there.time(), **done, **of)
    there.path.db.write(lambda tx: audit.write(tx, stopped))
    there.time.pass_(minutes=20)
    come(there)
    (said,) = found(there, ways(there))
    assert said.startswith(f"toban did ec2.stop with {INSTANCE} at ")
    assert said.endswith("operation #7")


def test_it_names_the_schedule_by_which_toban_did_it(there: House) -> None:
    there.path.db.write(lambda tx: asked_by_schedule(tx, there))
    done = {"outcome": StepState.DONE, "action": "ec2.stop", "operation": 1}
    of = {"account": "dev", "region": "ap-northeast-1", "resource": INSTANCE}
    stopped = audit.line(audit.Event.STEP_ENDED, there.time(), **done, **of)
    there.path.db.write(lambda tx: audit.write(tx, stopped))
    there.time.pass_(minutes=20)
    come(there)
    (said,) = found(there, ways(there))
    assert said.endswith("operation #1, by the schedule office-hours")


def asked_by_schedule(tx: Connection, there: House) -> None:
    nobody = {"team": "T", "channel": "C", "thread": "", "response_url": "", "language": "en"}
    row = {"id": 1, "key": "k", "door": "clock", "person": "U1", "line": "ec2 stop", "at": there.time()}
    tx.execute(insert(asks).values(schedule="office-hours", **row, **nobody))


def test_what_toban_did_long_before_has_nothing_to_do_with_it(there: House) -> None:
    done = {"outcome": StepState.DONE, "action": "ec2.stop", "operation": 7}
    of = {"account": "dev", "region": "ap-northeast-1", "resource": INSTANCE}
    stopped = audit.line(audit.Event.STEP_ENDED, there.time(), **done, **of)
    there.path.db.write(lambda tx: audit.write(tx, stopped))
    there.time.pass_(hours=2)
    come(there)
    assert found(there, ways(there)) == []


def test_it_says_what_cloudtrail_recorded(there: House) -> None:
    come(there)
    events = [event("ModifyInstanceAttribute", "arn:aws:iam::1:user/sato", there, 9)]
    (said,) = found(there, ways(there, **{"cloudtrail.LookupEvents": {"Events": events}}))
    assert "called ModifyInstanceAttribute at" in said


def activity(there: House, ago: int, cause: str) -> dict[str, Any]:
    """One as DescribeScalingActivities shows it."""
    return {
        "ActivityId": f"a-{ago}",
        "AutoScalingGroupName": "web",
        "Description": "Launching a new EC2 instance",
        "Cause": cause,
        "StartTime": there.time() - timedelta(minutes=ago),
        "StatusCode": "Successful",
    }


def test_it_says_what_a_group_did_by_its_own_schedule(there: House) -> None:
    """Nobody's call: CloudTrail has no record of it."""
    come(there, names={"group": "web"})
    done = [
        activity(there, 5, "a scheduled action set the desired capacity"),
        activity(there, 90, "a policy"),
    ]
    replies: Any = {"autoscaling.DescribeScalingActivities": {"Activities": done}}
    (said,) = found(there, ways(there, **replies))
    assert said.startswith("the group web changed at ")
    assert said.endswith(": a scheduled action set the desired capacity")
    come(there, subject=DISK, names={"group": "web"})
    refused: Any = {"autoscaling.DescribeScalingActivities": Refusal("AccessDenied")}
    assert context.look(ways(there, **refused)) == 1
    assert newest(there, DISK).context == ()


def test_it_shows_the_metric_beside_its_threshold(there: House) -> None:
    come(there, metric=METRIC)
    at = [there.time() - timedelta(minutes=n) for n in (2, 1)]
    results = {"MetricDataResults": [{"Id": "m", "Timestamps": at, "Values": [12.5, 97.25]}]}
    found(there, ways(there, **{"monitoring.GetMetricData": results}))
    chart = newest(there).chart
    assert chart is not None
    assert [each.values for each in chart.series] == [(Decimal("12.5"), Decimal("97.25")), (Decimal(90),) * 2]
    assert str(chart.alt) == "CPUUtilization: from 12.5 to 97.25, 97.25 last."


@pytest.mark.parametrize("call", ["cloudtrail.LookupEvents", "monitoring.GetMetricData"])
def test_where_aws_says_no_the_rest_is_said_all_the_same(there: House, call: str) -> None:
    come(there)
    come(there, Phase.ENDS, at=there.time() + timedelta(minutes=1))
    there.time.pass_(hours=1)
    come(there, metric=METRIC)
    (said,) = found(there, ways(there, **{call: Refusal("AccessDenied")}))
    assert said.startswith("it has been so 1 time before")


def test_it_is_looked_once_and_shown_when_there_is_something(there: House) -> None:
    come(there)
    path = ways(there)
    assert context.look(path) == 1
    assert context.look(path) == 0
    letter = there.path.db.read(lambda tx: outbox.with_key(tx, "trouble:1"))
    assert letter is not None
    assert letter.version == 1, "there was nothing to show"


def test_what_cloudtrail_hears_of_later_is_shown_later_beside_the_picture_of_then(there: House) -> None:
    """CloudTrail is minutes late, so what was done just before an alarm is not there when it rings."""
    come(there, metric=METRIC)
    results = {"MetricDataResults": [{"Id": "m", "Timestamps": [there.time()], "Values": [97.25]}]}
    late = [event("ModifyInstanceAttribute", "arn:aws:iam::1:user/sato", there, 1)]
    assert found(there, ways(there, **{"monitoring.GetMetricData": results})) == []
    there.time.pass_(minutes=14)
    assert context.look(ways(there)) == 0
    there.time.pass_(minutes=1)
    path = ways(there, **{"cloudtrail.LookupEvents": {"Events": late}})
    (said,) = found(there, path)
    assert "called ModifyInstanceAttribute at" in said
    assert newest(there).chart is not None
    assert isinstance(path.aws, CannedAccounts)
    assert "monitoring.GetMetricData" not in path.aws.asked
    there.time.pass_(hours=1)
    assert context.look(path) == 0


def test_what_begins_again_is_looked_at_anew_and_shows_no_old_picture(there: House) -> None:
    come(there, metric=METRIC)
    results = {"MetricDataResults": [{"Id": "m", "Timestamps": [there.time()], "Values": [97.25]}]}
    found(there, ways(there, **{"monitoring.GetMetricData": results}))
    there.time.pass_(minutes=2)
    come(there, Phase.ENDS)
    there.time.pass_(minutes=2)
    come(there, metric=METRIC)
    assert context.look(ways(there)) == 1
    assert newest(there).chart is None


def test_of_a_storm_only_what_costs_aws_nothing_is_looked_for(there: House) -> None:
    for number in range(12):
        come(there, subject=f"arn:alarm:{number}", metric=METRIC)
    path = ways(there)
    assert context.look(path) == 12
    aws = path.aws
    assert isinstance(aws, CannedAccounts)
    alone = [one for one in range(12) if newest(there, f"arn:alarm:{one}").storm is None]
    assert len(aws.asked) == 2 * len(alone) + len(deployment.CALLS), "of deployments it asks once for all"


@pytest.mark.parametrize(
    "metric", [{"period": "x"}, {**METRIC, "threshold": "?"}, {**METRIC, "dimensions": "{"}, {"name": "x"}]
)
def test_a_mistake_with_one_leaves_the_others_their_context(
    there: House, metric: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    come(there, metric=metric)
    come(there, subject=DISK)
    at = [there.time()]
    results = {"MetricDataResults": [{"Id": "m", "Timestamps": at, "Values": [1.0]}]}
    assert context.look(ways(there, **{"monitoring.GetMetricData": results})) == 2
    assert context.look(ways(there)) == 0
    assert "#A1: something is not found out" in caplog.text
