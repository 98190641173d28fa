import inspect
import json
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from playground.aws.door import orders
from playground.aws.server import LocalAws
from tests.playground.aws.conftest import PRODUCTION

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client


def ask(aws: LocalAws, do: str, content_type: str = "application/json", **fields: Any) -> Any:
    """Knock at the door as another process would."""
    body = json.dumps({"do": do, "with": fields}).encode()
    request = urllib.request.Request(aws.url + "/_toban/control", body, {"content-type": content_type})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)["result"]


def test_the_door_takes_orders_for_faults(aws: LocalAws, ec2: "EC2Client", volume: str) -> None:
    number = ask(aws, "order", kind="throttle", action="CreateSnapshot", times=1)
    with pytest.raises(ClientError, match="RequestLimitExceeded"):
        ec2.create_snapshot(VolumeId=volume)
    assert ask(aws, "hits", number=number) == 1


def test_the_door_counts_and_lists_calls(aws: LocalAws, ec2: "EC2Client", volume: str) -> None:
    ec2.create_snapshot(VolumeId=volume)
    assert ask(aws, "count", action="CreateSnapshot") == 1
    assert ask(aws, "calls", action="CreateSnapshot")[0]["account"] == PRODUCTION


def test_the_door_lets_time_pass(aws: LocalAws, ec2: "EC2Client", volume: str) -> None:
    ask(aws, "snapshots_take", seconds=100)
    ec2.create_snapshot(VolumeId=volume)
    ask(aws, "advance", seconds=100)
    assert ec2.describe_snapshots()["Snapshots"][0]["State"] == "completed"


@pytest.mark.parametrize(
    ("do", "fields", "status"),
    [
        ("no such order", {}, 400),
        ("advance", {"minutes": 1}, 400),
        ("advance", {"seconds": -1}, 400),
        ("order", {"kind": "no such kind"}, 400),
        ("advance", {"content_type": "text/plain", "seconds": 1}, 415),
    ],
)
def test_the_door_says_what_it_does_not_understand(
    aws: LocalAws, do: str, fields: dict[str, Any], status: int
) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        ask(aws, do, **fields)
    assert refused.value.code == status
    refused.value.close()


def test_every_order_of_the_control_can_be_given_at_the_door(aws: LocalAws) -> None:
    inside = {"order", "reset", "settle"}  # the first is the door's own; the others are a process's
    public = {name for name in dir(aws.control) if not name.startswith("_")}
    orders_of_control = {name for name in public if inspect.ismethod(getattr(aws.control, name))}
    assert orders_of_control - inside <= set(orders(aws.control))


def test_what_was_sent_to_instances_is_read_at_the_door(
    aws: LocalAws, ec2: "EC2Client", instance: str
) -> None:
    ec2.describe_instances()  # ... by which time it runs
    ssm = aws.client("ssm", account=PRODUCTION)
    ssm.send_command(
        InstanceIds=[instance], DocumentName="AWS-RunShellScript", Parameters={"commands": ["sync"]}
    )
    (sent,) = ask(aws, "commands_sent")
    assert (sent["instance_ids"], sent["parameters"]) == ([instance], {"commands": ["sync"]})
