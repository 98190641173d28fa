"""Long listings come in pages of a thousand, and are read as they come."""

from itertools import islice
from typing import TYPE_CHECKING

import pytest

from aws import image, instance, snapshot
from aws.account import Accounts
from aws.errors import AwsError
from tests.aws.conftest import PLACE
from tests.aws.wire import Parameters, Reaction, Wire, answering, refusing

if TYPE_CHECKING:
    from http.server import BaseHTTPRequestHandler

INSTANCE = """<item><instanceId>i-{n:017x}</instanceId><imageId>ami-1</imageId>
<instanceState><name>running</name></instanceState><instanceType>t3.micro</instanceType><placement><availabilityZone>eu-west-1a</availabilityZone>
</placement><launchTime>2026-11-21T01:02:03.000Z</launchTime></item>"""
SNAPSHOT = """<item><snapshotId>snap-{n:017x}</snapshotId><status>completed</status>
<startTime>2026-11-21T01:02:03.000Z</startTime></item>"""
IMAGE = """<item><imageId>ami-{n:017x}</imageId><imageState>available</imageState>
<creationDate>2026-11-21T01:02:03.000Z</creationDate><blockDeviceMapping><item><ebs>
<snapshotId>snap-1</snapshotId></ebs></item><item><ebs><snapshotId>snap-999</snapshotId></ebs></item>
</blockDeviceMapping></item>"""


def listing(size: int) -> "Reaction":
    """An EC2 of so many resources, which answers as many at once as it is asked for."""

    def react(handler: "BaseHTTPRequestHandler", asked: Parameters) -> None:
        start = int(asked.get("NextToken", 0))
        end = min(start + int(asked["MaxResults"]), size)
        token = f"<nextToken>{end}</nextToken>" if end < size else ""
        body = {
            "DescribeInstances": "<reservationSet><item><instancesSet>{}</instancesSet></item>"
            "</reservationSet>",
            "DescribeSnapshots": "<snapshotSet>{}</snapshotSet>",
        }[asked["Action"]]
        one = INSTANCE if asked["Action"] == "DescribeInstances" else SNAPSHOT
        items = "".join(one.format(n=n) for n in range(start, end))
        answering(f"<R><requestId>r</requestId>{body.format(items)}{token}</R>")(handler, asked)

    return react


def test_two_thousand_instances_are_two_calls(wire: Wire, wired: Accounts) -> None:
    wire.reactions = [listing(2000)]
    assert len({one.id for one in instance.find(wired.ec2(PLACE))}) == 2000
    assert len(wire.seen) == 2


def test_only_our_own_snapshots_are_asked_for(wire: Wire, wired: Accounts) -> None:
    wire.reactions = [listing(1)]
    assert len(list(snapshot.find(wired.ec2(PLACE)))) == 1
    assert wire.seen[0]["Owner.1"] == "self"


def test_a_page_is_read_only_when_it_is_needed(wire: Wire, wired: Accounts) -> None:
    wire.reactions = [listing(5000)]
    assert len(list(islice(snapshot.find(wired.ec2(PLACE)), 1500))) == 1500
    assert len(wire.seen) == 2


def test_what_fails_on_a_later_page_is_told_as_plainly(wire: Wire, wired: Accounts) -> None:
    wire.reactions = [listing(2000), refusing("RequestLimitExceeded", "Slow down.", 400)]
    reading = snapshot.find(wired.ec2_once(PLACE))
    assert len(list(islice(reading, 1000))) == 1000
    with pytest.raises(AwsError, match="listing snapshots: Slow down"):
        next(reading)


def test_more_than_two_hundred_ids_are_asked_for_in_several_calls(wire: Wire, wired: Accounts) -> None:
    wire.reactions = [listing(0)]
    ids = [f"i-{n:017x}" for n in range(450)]
    assert not list(instance.find(wired.ec2(PLACE), ids=ids, states=["running"]))
    values = [[key for key in seen if key.startswith("Filter.1.Value.")] for seen in wire.seen]
    assert [len(one) for one in values] == [200, 200, 50]
    assert all(seen["Filter.2.Value.1"] == "running" for seen in wire.seen)


def test_images_that_use_a_few_snapshots_are_asked_for_by_these(wire: Wire, wired: Accounts) -> None:
    wire.reactions = [answering(f"<R><requestId>r</requestId><imagesSet>{IMAGE.format(n=1)}</imagesSet></R>")]
    ids = [f"snap-{n}" for n in range(200)]
    assert image.users_of(wired.ec2(PLACE), ids) == {"snap-1": (f"ami-{1:017x}",)}
    assert [seen["Filter.1.Name"] for seen in wire.seen] == ["block-device-mapping.snapshot-id"]


def test_more_snapshots_than_fit_one_question_are_looked_for_in_all_images(
    wire: Wire, wired: Accounts
) -> None:
    wire.reactions = [answering(f"<R><requestId>r</requestId><imagesSet>{IMAGE.format(n=1)}</imagesSet></R>")]
    ids = [f"snap-{n}" for n in range(300)]
    assert image.users_of(wired.ec2(PLACE), ids) == {"snap-1": (f"ami-{1:017x}",)}
    assert ["Filter.1.Name" in seen for seen in wire.seen] == [False]


def test_no_snapshots_are_no_question(wire: Wire, wired: Accounts) -> None:
    assert image.users_of(wired.ec2(PLACE), []) == {}
    assert wire.seen == []
