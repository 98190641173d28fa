"""EC2 is never asked faster than its buckets allow."""

import threading
import time
from typing import TYPE_CHECKING

import pytest

from aws import instance
from aws.account import AccountConfig, Accounts, Place
from aws.bucket import Bucket, Toll, tolls
from aws.pace import Pace, way_back
from tests.aws.conftest import PLACE
from tests.aws.wire import Wire, answering, refusing

if TYPE_CHECKING:
    from collections.abc import Callable

STARTED = "<StartInstancesResponse><requestId>r</requestId><instancesSet/></StartInstancesResponse>"
LISTED = "<DescribeInstancesResponse><requestId>r</requestId><reservationSet/></DescribeInstancesResponse>"
SMALL = Bucket(burst=4, per_second=50)


class Waited(Exception):
    """Somebody would have had to wait so many seconds."""


def impatient() -> Pace:
    """A pace that raises Waited instead of sleeping."""

    def raising(seconds: float) -> None:
        raise Waited(seconds)

    return Pace(sleep=raising)


def taken(take: "Callable[[], None]") -> int:
    """How many times it goes before somebody has to wait."""
    for count in range(10_000):
        try:
            take()
        except Waited:
            return count
    pytest.fail("nobody ever waits")


def slow(burst: int) -> Bucket:
    """A bucket that does not refill while a test runs."""
    return Bucket(burst, per_second=1)


def test_a_bucket_gives_its_burst_less_the_reserve_and_then_makes_wait() -> None:
    pace = impatient()
    assert taken(lambda: pace.take("a", slow(20))) == 18


def test_the_way_back_also_takes_the_reserve() -> None:
    pace = impatient()
    taken(lambda: pace.take("a", slow(20)))
    with way_back():
        assert taken(lambda: pace.take("a", slow(20))) == 2


def test_the_reserve_belongs_to_the_thread_on_its_way_back_only() -> None:
    pace = impatient()
    taken(lambda: pace.take("a", slow(20)))
    others: list[int] = []
    with way_back():
        thread = threading.Thread(target=lambda: others.append(taken(lambda: pace.take("a", slow(20)))))
        thread.start()
        thread.join()
    assert others == [0]


def test_half_of_a_small_bucket_is_kept_at_most() -> None:
    pace = impatient()
    assert taken(lambda: pace.take("a", slow(2))) == 1


def test_buckets_do_not_share_tokens() -> None:
    pace = impatient()
    taken(lambda: pace.take("a", slow(20)))
    assert taken(lambda: pace.take("b", slow(20))) == 18


def test_who_must_wait_sleeps_no_longer_than_one_token_takes() -> None:
    pace = impatient()
    taken(lambda: pace.take("a", SMALL))
    with pytest.raises(Waited) as caught:
        pace.take("a", SMALL)
    assert 0 < caught.value.args[0] <= 1 / SMALL.per_second


def test_who_waited_gets_the_token() -> None:
    slept: list[float] = []

    def sleeping(seconds: float) -> None:
        slept.append(seconds)
        time.sleep(seconds)

    pace = Pace(sleep=sleeping)
    for _ in range(2 + 3):  # two at once, three that wait
        pace.take("a", SMALL)
    assert len(slept) >= 3


def test_threads_together_do_not_take_more_than_one_would() -> None:
    pace = impatient()
    counts: list[int] = []
    threads = [
        threading.Thread(target=lambda: counts.append(taken(lambda: pace.take("a", slow(100)))))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(counts) == 98


@pytest.mark.parametrize(
    ("action", "parameters", "expected"),
    [
        ("DescribeInstances", {"MaxResults": 1000}, (Toll("requests", Bucket(100, 20)),)),
        ("DescribeInstances", {"Filter.1.Name": "tag:a"}, (Toll("requests", Bucket(100, 20)),)),
        ("DescribeInstances", {}, (Toll("unpaged requests", Bucket(50, 10)),)),
        ("DescribeRegions", {}, (Toll("requests", Bucket(100, 20)),)),
        ("CreateSnapshots", {}, (Toll("requests", Bucket(100, 5)),)),
        ("CreateImage", {}, (Toll("requests", Bucket(50, 5)),)),
        (
            "StartInstances",
            {"InstanceId.1": "i-1", "InstanceId.2": "i-2"},
            (Toll("requests", Bucket(5, 2)), Toll("instances", Bucket(1000, 2), 2)),
        ),
        (
            "RunInstances",
            {"MaxCount": 3},
            (Toll("requests", Bucket(5, 2)), Toll("instances", Bucket(1000, 2), 3)),
        ),
    ],
)
def test_a_request_costs_what_aws_publishes(
    action: str, parameters: dict[str, object], expected: tuple[Toll, ...]
) -> None:
    assert tolls(action, parameters) == expected


@pytest.fixture
def hasty(wire: Wire) -> Accounts:
    """Two names of one account and another account, where waiting raises."""
    configs = [
        AccountConfig("dev", "123456789012", ("eu-west-1", "us-east-1")),
        AccountConfig("dev-too", "123456789012", ("eu-west-1",)),
        AccountConfig("prod", "210987654321", ("eu-west-1",)),
    ]
    return Accounts(configs, impatient())


def starts(accounts: Accounts, place: Place) -> int:
    """How many StartInstances go out of a full bucket."""

    def start() -> None:
        instance.start(accounts.ec2(place), ["i-0123456789abcdef0"])

    return taken(start)


def test_a_bucket_is_of_one_account_region_and_action(wire: Wire, hasty: Accounts) -> None:
    wire.reactions = [answering(STARTED)]
    assert starts(hasty, PLACE) == 3
    assert starts(hasty, Place("dev-too", "eu-west-1")) == 0
    assert starts(hasty, Place("prod", "eu-west-1")) == 3
    assert starts(hasty, Place("dev", "us-east-1")) == 3
    wire.reactions = [answering(LISTED)]
    assert list(instance.find(hasty.ec2(PLACE))) == []
    hasty.close()


def test_what_botocore_repeats_is_paced_too(wire: Wire, hasty: Accounts) -> None:
    wire.reactions = [refusing("InternalError", "again", 500)]
    with pytest.raises(Waited):
        instance.start(hasty.ec2(PLACE), ["i-0123456789abcdef0"])
    assert len(wire.seen) == 3
    hasty.close()
