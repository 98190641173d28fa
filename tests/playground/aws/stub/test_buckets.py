from playground.aws.stub.buckets import Buckets


class Watch:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def taken(buckets: Buckets, tries: int, action: str = "StartInstances", region: str = "us-east-1") -> int:
    return sum(buckets.take("111111111111", region, action, narrowed=False) for _ in range(tries))


def test_a_burst_is_served_and_no_more() -> None:
    assert taken(Buckets(Watch()), 10) == 5


def test_tokens_come_back_with_time() -> None:
    watch = Watch()
    buckets = Buckets(watch)
    taken(buckets, 5)
    watch.now = 1.5
    assert taken(buckets, 10) == 3


def test_a_bucket_never_holds_more_than_its_burst() -> None:
    watch = Watch()
    buckets = Buckets(watch)
    taken(buckets, 1)
    watch.now = 1_000.0
    assert taken(buckets, 10) == 5


def test_each_region_and_action_has_its_own() -> None:
    buckets = Buckets(Watch())
    taken(buckets, 10)
    assert taken(buckets, 10, region="ap-northeast-1") == 5
    assert taken(buckets, 100, action="StopInstances") == 50


def test_a_narrowed_listing_may_come_more_often() -> None:
    buckets = Buckets(Watch())
    assert taken(buckets, 200, action="DescribeInstances") == 50
    narrowed = [buckets.take("1", "us-east-1", "DescribeInstances", narrowed=True) for _ in range(200)]
    assert sum(narrowed) == 100
