"""EC2 is never asked faster than its buckets allow."""

import threading
from collections.abc import Callable

import pytest

from aws import instance, record, route53
from aws.account import ATTEMPTS, AccountConfig, Accounts, Place
from aws.bucket import Bucket, Toll, tolls
from aws.errors import AwsError
from aws.pace import Pace, way_back
from aws.record import Record
from tests.aws.conftest import PLACE
from tests.aws.wire import Wire, answering, refusing

STARTED = "<StartInstancesResponse><requestId>r</requestId><instancesSet/></StartInstancesResponse>"
LISTED = "<DescribeInstancesResponse><requestId>r</requestId><reservationSet/></DescribeInstancesResponse>"
BUCKET = Bucket(burst=20, per_second=4)


class Clock:
    """Time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept = 0.0

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self.slept += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr("throttled.utils.now_mono_f", lambda: made.now)
    return made


def free(clock: Clock, take: Callable[[], None]) -> int:
    """How many times it goes before somebody has to wait."""
    before, count = clock.slept, 0
    while True:
        take()
        if clock.slept > before:
            return count
        count += 1


def test_a_bucket_gives_its_burst_less_the_reserve_and_then_makes_wait(clock: Clock) -> None:
    pace = Pace(sleep=clock.sleep)
    assert free(clock, lambda: pace.take("a", BUCKET)) == 18


def test_the_way_back_also_takes_the_reserve(clock: Clock) -> None:
    pace = Pace(sleep=clock.sleep)
    free(clock, lambda: pace.take("a", BUCKET))
    with way_back():
        assert free(clock, lambda: pace.take("a", BUCKET)) == 2


def test_the_reserve_belongs_to_the_thread_on_its_way_back_only(clock: Clock) -> None:
    pace = Pace(sleep=clock.sleep)
    free(clock, lambda: pace.take("a", BUCKET))
    others: list[int] = []
    with way_back():
        thread = threading.Thread(target=lambda: others.append(free(clock, lambda: pace.take("a", BUCKET))))
        thread.start()
        thread.join()
    assert others == [0]


def test_half_of_a_small_bucket_is_kept_at_most(clock: Clock) -> None:
    pace = Pace(sleep=clock.sleep)
    assert free(clock, lambda: pace.take("a", Bucket(2, 1))) == 1


def test_buckets_do_not_share_tokens(clock: Clock) -> None:
    pace = Pace(sleep=clock.sleep)
    free(clock, lambda: pace.take("a", BUCKET))
    assert free(clock, lambda: pace.take("b", BUCKET)) == 18


def test_who_waits_gets_tokens_at_the_rate_of_the_bucket(clock: Clock) -> None:
    pace = Pace(sleep=clock.sleep)
    for _ in range(18 + 40):
        pace.take("a", BUCKET)
    assert clock.slept == pytest.approx(40 / 4, abs=0.01)


def test_a_call_for_more_than_the_bucket_holds_waits_for_a_full_one(clock: Clock) -> None:
    pace = Pace(sleep=clock.sleep)
    pace.take("a", BUCKET, 100)
    pace.take("a", BUCKET, 100)
    assert clock.slept == pytest.approx(18 / 4, abs=0.01)


def test_threads_together_do_not_take_more_than_one_would(clock: Clock) -> None:
    pace = Pace(sleep=clock.sleep)

    def take_ten() -> None:
        for _ in range(10):
            pace.take("a", BUCKET)

    threads = [threading.Thread(target=take_ten) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert clock.now - 1000 >= (40 - 18) / 4 - 0.01


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


def test_what_route_53_is_asked_shares_one_bucket_and_some_have_one_besides() -> None:
    shared = Toll("route53", Bucket(50, 10), shared=True)
    assert tolls("GetChange", {}, "route53") == (shared,)
    assert tolls("GetHealthCheckStatus", {}, "route53") == (shared, Toll("requests", Bucket(4, 1)))


class Ledger(Pace):
    """Writes down which bucket is taken from, and lets everybody pass."""

    def __init__(self) -> None:
        super().__init__()
        self.keys: list[str] = []

    def take(self, key: str, bucket: Bucket, tokens: int = 1) -> None:
        self.keys.append(key)


@pytest.fixture
def ledger() -> Ledger:
    return Ledger()


@pytest.fixture
def ledgered(ledger: Ledger) -> Accounts:
    """Two names of one account, and another account."""
    configs = [
        AccountConfig("dev", "123456789012", ("eu-west-1", "us-east-1")),
        AccountConfig("dev-too", "123456789012", ("eu-west-1",)),
        AccountConfig("prod", "210987654321", ("eu-west-1",)),
    ]
    return Accounts(configs, ledger)


def test_a_bucket_is_of_one_account_region_and_action(wire: Wire, ledgered: Accounts, ledger: Ledger) -> None:
    wire.reactions = [answering(LISTED)]
    for place in [
        PLACE,
        Place("dev-too", "eu-west-1"),
        Place("prod", "eu-west-1"),
        Place("dev", "us-east-1"),
    ]:
        assert list(instance.find(ledgered.ec2(place))) == []
    wire.reactions = [answering(STARTED)]
    instance.start(ledgered.ec2(PLACE), ["i-0123456789abcdef0"])
    assert ledger.keys == [
        "123456789012/eu-west-1/DescribeInstances/requests",
        "123456789012/eu-west-1/DescribeInstances/requests",
        "210987654321/eu-west-1/DescribeInstances/requests",
        "123456789012/us-east-1/DescribeInstances/requests",
        "123456789012/eu-west-1/StartInstances/requests",
        "123456789012/eu-west-1/StartInstances/instances",
    ]
    ledgered.close()


def test_a_shared_bucket_is_of_all_actions(wire: Wire, ledgered: Accounts, ledger: Ledger) -> None:
    info = "<ChangeInfo><Id>/change/C1</Id><Status>PENDING</Status></ChangeInfo>"
    answer = f"<ChangeResourceRecordSetsResponse>{info}</ChangeResourceRecordSetsResponse>"
    wire.reactions = [answering(answer)]
    raw = {"Name": "shop.example.com.", "Type": "A", "SetIdentifier": "tokyo", "Weight": 1}
    old = Record("shop.example.com", "A", "tokyo", "weighted", 1, raw=raw)
    assert record.exchange(route53.client(ledgered, "dev"), "Z1", [old], [old.weighing(0)], "x").id == "C1"
    assert ledger.keys == ["123456789012/us-east-1/*/route53"]
    ledgered.close()


def test_what_botocore_repeats_is_paced_too(wire: Wire, ledgered: Accounts, ledger: Ledger) -> None:
    wire.reactions = [refusing("InternalError", "again", 500)]
    with pytest.raises(AwsError):
        list(instance.find(ledgered.ec2(PLACE)))
    assert len(ledger.keys) == len(wire.seen) == ATTEMPTS
    ledgered.close()
