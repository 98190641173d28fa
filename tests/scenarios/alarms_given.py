"""What must be there before stories of alarms: a rule with a topic, and an alarm of it."""

import json
from datetime import timedelta

from bot.event import Event
from bot.flow import troubles
from bot.trouble import Phase, Reading, Rule, Seen, Severity
from bot.words import words
from playground.aws.cloudwatch import OF_DASHBOARDS
from playground.aws.server import LocalAws
from tests.house import CHANNEL, OTHER, House
from tests.scenarios.conftest import ACCOUNT, TOKYO, run_instances

TOPIC = f"arn:aws:sns:{TOKYO}:{ACCOUNT}:on-duty"
ALARMS = Rule("alarms", {"source": ["aws.cloudwatch"]}, CHANNEL, mention=OTHER, topic=TOPIC)
CHANGES = ("Publish", "DeleteAlarms", "PutDashboard")


def a_topic(aws: LocalAws) -> str:
    """The topic that the rule names."""
    aws.client("sns", account=ACCOUNT, region=TOKYO).create_topic(Name="on-duty")
    return ""


def one_that_is_gone(aws: LocalAws) -> str:
    """An instance that is terminated, with an alarm and on a dashboard; returns its id."""
    (key,) = run_instances(aws, 1, {"env": "dev"})
    aws.client("ec2", account=ACCOUNT, region=TOKYO).terminate_instances(InstanceIds=[key])
    cloudwatch = aws.client("cloudwatch", account=ACCOUNT, region=TOKYO)
    metrics = [["AWS/EC2", "CPUUtilization", "InstanceId", one] for one in (key, "i-0123456789abcdef0")]
    widget = {"type": "metric", "properties": {"metrics": metrics, "region": TOKYO}}
    cloudwatch.put_dashboard(DashboardName="shop", DashboardBody=json.dumps({"widgets": [widget]}))
    cloudwatch.put_metric_alarm(
        AlarmName="cpu",
        Namespace="AWS/EC2",
        MetricName="CPUUtilization",
        Dimensions=[{"Name": "InstanceId", "Value": key}],
        Statistic="Average",
        Period=300,
        EvaluationPeriods=3,
        Threshold=80,
        ComparisonOperator="GreaterThanThreshold",
    )
    return key


def one_that_sends(aws: LocalAws) -> str:
    """SES sends for the account."""
    aws.control.mail_stands(ACCOUNT, TOKYO, sent=5)
    return ""


def begin(there: House) -> None:
    """An alarm that began a minute ago."""
    at = there.time() - timedelta(minutes=1)
    reading = Reading(
        "arn:alarm:web", Phase.BEGINS, words("{alarm} is in alarm", alarm="web"), Severity.CRITICAL
    )
    event = Event("alarm/web", "dev", TOKYO, at, {"source": "aws.cloudwatch"})
    troubles.take_in(there.path, "main", [Seen(event, reading, ALARMS)])


def there(aws: LocalAws) -> dict[str, object]:
    """What topics were told, without times, and which alarms and dashboards of CloudWatch there are."""
    topics = aws.backend("sns", ACCOUNT, TOKYO).topics.values()
    alarms = aws.backend("cloudwatch", ACCOUNT, TOKYO).alarms.values()
    dashboards = aws.backend("cloudwatch", ACCOUNT, OF_DASHBOARDS).dashboards.values()
    canaries = aws.backend("synthetics", ACCOUNT, TOKYO).canaries
    return {
        "told": sorted(note[2] for topic in topics for note in topic.sent_notifications),
        "watched": sorted(
            f"{one.metric_name} {one.comparison_operator} {one.threshold or 0:g}" for one in alarms
        ),
        "canaries": sorted((one.name, one.state) for one in canaries.values()),
        "drawn": sorted(len(metrics) for one in dashboards for metrics in _metrics(one.body)),
    }


def _metrics(body: str) -> list[list[object]]:
    return [one["properties"]["metrics"] for one in json.loads(body)["widgets"]]


ROWS = {
    "troubles": "select state, acknowledged_by, silenced_by, snoozed_until is null from troubles order by id",
    "silences": "select rule, subject, person, count(*) from silences group by 1, 2, 3",
}
