"""What AWS says by itself: events in EventBridge's envelope, left in the queue of their account.

The shapes are those of AWS's own pages, named at each.
"""

import json
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from playground.aws.fleet import TOKYO

if TYPE_CHECKING:
    from playground.aws.server import LocalAws

QUEUE = "toban"
Event = Mapping[str, Any]


def open_queue(aws: "LocalAws", account: str) -> None:
    """The queue of an account, and the one for what is received too often."""
    sqs = aws.backend("sqs", account, TOKYO)
    sqs.create_queue(f"{QUEUE}-dead", {})
    dead = f"arn:aws:sqs:{TOKYO}:{account}:{QUEUE}-dead"
    redrive = json.dumps({"deadLetterTargetArn": dead, "maxReceiveCount": 5})
    sqs.create_queue(QUEUE, {}, RedrivePolicy=redrive)


def say(aws: "LocalAws", account: str, *events: Event, delay: int = 0) -> None:
    """Leave events in the queue of an account, as a rule of EventBridge with the queue as its target does.

    Nobody receives them before `delay` seconds are over.
    """
    sqs = aws.client("sqs", account=account, region=TOKYO)
    url = sqs.get_queue_url(QueueName=QUEUE)["QueueUrl"]
    for at in range(0, len(events), 10):
        entries = [
            {"Id": str(number), "MessageBody": json.dumps(event), "DelaySeconds": delay}
            for number, event in enumerate(events[at : at + 10])
        ]
        sqs.send_message_batch(QueueUrl=url, Entries=entries)


def envelope(
    source: str, kind: str, account: str, at: datetime, detail: Event, *resources: str, region: str = TOKYO
) -> Event:
    """An event ("Events in Amazon EventBridge", EventBridge user guide)."""
    return {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": kind,
        "source": source,
        "account": account,
        "time": f"{at:%Y-%m-%dT%H:%M:%SZ}",
        "region": region,
        "resources": list(resources),
        "detail": detail,
    }


def cpu_alarm(account: str, instance: str, name: str, at: datetime, state: str) -> Event:
    """An alarm on an instance's processor ("Alarm events and EventBridge", CloudWatch user guide)."""
    alarm = f"cpu-{name}"
    above = state == "ALARM"
    points, moved = ("97.4, 96.1, 95.0", "OK -> ALARM") if above else ("12.8, 14.2, 13.9", "ALARM -> OK")
    reason = (
        f"Threshold Crossed: 3 out of the last 3 datapoints [{points}] were {'' if above else 'not '}greater "
        f"than the threshold (90.0) (minimum 3 datapoints for {moved} transition)."
    )
    metric = {"namespace": "AWS/EC2", "name": "CPUUtilization", "dimensions": {"InstanceId": instance}}
    watched = {
        "id": "m1",
        "metricStat": {"metric": metric, "period": 60, "stat": "Average"},
        "returnData": True,
    }
    detail = {
        "alarmName": alarm,
        "state": {
            "value": state,
            "reason": reason,
            "reasonData": json.dumps({"version": "1.0", "period": 60, "threshold": 90.0}),
            "timestamp": f"{at:%Y-%m-%dT%H:%M:%S.000+0000}",
        },
        "previousState": {"value": "OK" if above else "ALARM"},
        "configuration": {"description": f"CPU of {name} above 90 %", "metrics": [watched]},
    }
    arn = f"arn:aws:cloudwatch:{TOKYO}:{account}:alarm:{alarm}"
    return envelope("aws.cloudwatch", "CloudWatch Alarm State Change", account, at, detail, arn)


def abuse(account: str, instance: str, at: datetime) -> Event:
    """An abuse report ("Amazon EventBridge events for AWS Health", AWS Health user guide)."""
    number = uuid.uuid4().hex[:12]
    said = (
        "We have received reports that an instance of yours is scanning hosts on the internet on port 22. "
        "Please look into it and answer this report within 24 hours."
    )
    detail = {
        "eventArn": f"arn:aws:health:{TOKYO}::event/ABUSE/AWS_ABUSE_PORT_SCANNING_REPORT/AWS_ABUSE_{number}",
        "service": "ABUSE",
        "eventTypeCode": "AWS_ABUSE_PORT_SCANNING_REPORT",
        "eventTypeCategory": "issue",
        "eventScopeCode": "ACCOUNT_SPECIFIC",
        "communicationId": f"{number}-1",
        "statusCode": "open",
        "startTime": f"{at:%a, %d %b %Y %H:%M:%S GMT}",
        "eventDescription": [{"language": "en_US", "latestDescription": said}],
        "affectedEntities": [{"entityValue": instance}],
        "affectedAccount": account,
        "page": "1",
        "totalPages": "1",
    }
    return envelope("aws.health", "AWS Health Event", account, at, detail, instance)


def retirement(account: str, instance: str, at: datetime, starts: datetime) -> Event:
    """A host that AWS retires ("Amazon EventBridge events for AWS Health", AWS Health user guide)."""
    number = uuid.uuid4().hex[:12]
    said = (
        "EC2 has detected degradation of the hardware that hosts your instance, which will then be stopped."
    )
    detail = {
        "eventArn": f"arn:aws:health:{TOKYO}::event/EC2/AWS_EC2_INSTANCE_RETIREMENT_SCHEDULED/{number}",
        "service": "EC2",
        "eventTypeCode": "AWS_EC2_INSTANCE_RETIREMENT_SCHEDULED",
        "eventTypeCategory": "scheduledChange",
        "eventScopeCode": "ACCOUNT_SPECIFIC",
        "communicationId": f"{number}-1",
        "statusCode": "upcoming",
        "startTime": f"{starts:%a, %d %b %Y %H:%M:%S GMT}",
        "eventDescription": [{"language": "en_US", "latestDescription": said}],
        "affectedEntities": [{"entityValue": instance}],
        "affectedAccount": account,
        "page": "1",
        "totalPages": "1",
    }
    return envelope("aws.health", "AWS Health Event", account, at, detail, instance)


def spot_warning(account: str, instance: str, at: datetime) -> Event:
    """A notice of two minutes ("Spot Instance interruption notices", EC2 user guide)."""
    detail = {"instance-id": instance, "instance-action": "terminate"}
    arn = f"arn:aws:ec2:{TOKYO}:{account}:instance/{instance}"
    return envelope("aws.ec2", "EC2 Spot Instance Interruption Warning", account, at, detail, arn)


def launch_failed(account: str, group: str, at: datetime) -> Event:
    """A group without a new instance ("Amazon EC2 Auto Scaling event reference")."""
    number = str(uuid.uuid4())
    detail = {
        "StatusCode": "Failed",
        "AutoScalingGroupName": group,
        "ActivityId": number,
        "Details": {"Availability Zone": f"{TOKYO}a"},
        "RequestId": number,
        "StatusMessage": "We currently do not have sufficient capacity in the zone you requested.",
        "EndTime": f"{at:%Y-%m-%dT%H:%M:%SZ}",
        "EC2InstanceId": "",
        "StartTime": f"{at:%Y-%m-%dT%H:%M:%SZ}",
        "Cause": f"At {at:%Y-%m-%dT%H:%M:%SZ} an instance was started in response to a difference between "
        "desired and actual capacity.",
    }
    arn = f"arn:aws:autoscaling:{TOKYO}:{account}:autoScalingGroup:{number}:autoScalingGroupName/{group}"
    return envelope("aws.autoscaling", "EC2 Instance Launch Unsuccessful", account, at, detail, arn)


def database_failover(account: str, database: str, at: datetime, *, completed: bool) -> Event:
    """A Multi-AZ failover ("Amazon RDS event categories and event messages", RDS user guide)."""
    number, said = (
        ("RDS-EVENT-0049", "Multi-AZ instance failover completed")
        if completed
        else ("RDS-EVENT-0013", "Multi-AZ instance failover started.")
    )
    arn = f"arn:aws:rds:{TOKYO}:{account}:db:{database}"
    detail = {
        "EventCategories": ["failover"],
        "SourceType": "DB_INSTANCE",
        "SourceArn": arn,
        "Date": f"{at:%Y-%m-%dT%H:%M:%S.000Z}",
        "Message": said,
        "SourceIdentifier": database,
        "EventID": number,
    }
    return envelope("aws.rds", "RDS DB Instance Event", account, at, detail, arn)
