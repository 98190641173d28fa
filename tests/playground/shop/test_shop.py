"""The shop answers on loopback, and does as well as the local AWS lets it."""

import re

from playground.aws.fleet import PRODUCTION, TOKYO, VIRGINIA
from playground.aws.planting_shop import plant_shop
from playground.aws.server import LocalAws
from playground.aws.shop_plan import CACHE, WEB
from playground.shop.pages import WELCOME
from playground.shop.shop import Shop
from tests.playground.shop import breaking
from tests.playground.shop.observer import is_broken, is_well, page, wait_until

A, C = f"{TOKYO}a", f"{TOKYO}c"


def served(shop: Shop, times: int = 8) -> set[str]:
    """The zones of the servers that answer."""
    pages = [page(shop)[1] for _ in range(times)]
    return {found[1] for one in pages if (found := re.search(r"i-\w+ (\S+)", one))}


def test_a_page_comes_through_the_front_door_from_every_zone(shop: Shop) -> None:
    status, body = page(shop)
    assert (status, WELCOME in body) == (200, True)
    assert f"database in {A}" in body
    assert served(shop) == {A, C, f"{TOKYO}d"}
    assert page(shop, "pictures/asagao.svg")[0] == 200
    assert shop.truth.windows() == ()


def test_a_zone_that_is_cut_off_gives_504_until_its_targets_are_found_out(aws: LocalAws, shop: Shop) -> None:
    cut = breaking.subnets(aws, A, "web")
    before = breaking.associate(aws, cut, breaking.deny_all(aws))
    wait_until(lambda: is_broken(shop))
    assert shop.truth.now == {"504": 0.5}  # two of four servers
    assert {page(shop)[0] for _ in range(4)} == {200, 504}
    wait_until(lambda: is_well(shop))
    assert served(shop) == {C, f"{TOKYO}d"}
    zones = breaking.members(aws)
    ill = {key for key, (state, why) in breaking.health(aws).items() if why == "Target.Timeout"}
    assert {zones[key] for key in ill} == {A}

    breaking.associate(aws, cut, before)
    wait_until(lambda: A in served(shop))
    wait_until(lambda: set(breaking.health(aws).values()) == {("healthy", "")})
    (window,) = shop.truth.windows()
    assert (window.kind, window.share) == ("504", 0.5)
    assert window.end is not None
    assert 0.5 < (window.end - window.begin).total_seconds() < 3  # two checks, one each half second


def test_a_database_that_is_cut_off_gives_504_until_it_is_failed_over(aws: LocalAws, shop: Shop) -> None:
    breaking.associate(aws, breaking.subnets(aws, A, "db"), breaking.deny_all(aws))
    wait_until(lambda: is_broken(shop))
    assert shop.truth.now == {"504": 1.0}
    assert page(shop)[0] == 504
    breaking.fail_over(aws)  # at once: nothing else is ordered
    wait_until(lambda: shop.truth.now == {"slow": 1.0})  # the cache's primary is there, too
    assert f"database in {C}" in page(shop)[1]
    aws.client("elasticache", account=PRODUCTION).test_failover(ReplicationGroupId=CACHE, NodeGroupId="0001")
    wait_until(lambda: is_well(shop))
    assert [one.kind for one in shop.truth.windows()] == ["504", "502", "slow"]


def test_a_failover_is_longer_for_users_than_for_the_database(aws: LocalAws, shop: Shop) -> None:
    aws.control.databases_fail_over(scale=0.1)
    breaking.fail_over(aws)
    wait_until(lambda: shop.truth.now == {"504": 1.0})
    assert page(shop)[0] == 504
    wait_until(lambda: shop.truth.now == {"502": 1.0})
    assert page(shop)[0] == 502
    wait_until(lambda: is_well(shop))
    assert f"database in {C}" in page(shop)[1]

    hung, reset = shop.truth.windows()
    (whole,) = shop.truth.outages()
    assert hung.end == reset.begin
    assert hung.end is not None
    assert whole.end is not None
    assert abs((hung.end - hung.begin).total_seconds() - 5.4) < 0.5
    assert abs((whole.end - whole.begin).total_seconds() - 9.0) < 0.8


def test_a_terminated_instance_is_replaced(aws: LocalAws, shop: Shop) -> None:
    lost = next(key for key, zone in breaking.members(aws).items() if zone == C)
    aws.client("ec2", account=PRODUCTION).terminate_instances(InstanceIds=[lost])
    wait_until(lambda: is_broken(shop))
    assert shop.truth.now == {"502": 0.25}  # nobody told the balancer
    wait_until(lambda: is_well(shop))
    assert C not in served(shop)
    assert sorted(state for state, _ in breaking.health(aws).values())[:3] == ["healthy"] * 3
    assert set(breaking.health(aws).values()) > {("healthy", "")}  # the new one has not booted yet
    wait_until(lambda: C in served(shop, 4))
    assert lost not in breaking.members(aws)
    assert set(breaking.health(aws).values()) == {("healthy", "")}


def test_a_stopped_instance_refuses_until_it_is_started_again(aws: LocalAws, shop: Shop) -> None:
    ec2 = aws.client("ec2", account=PRODUCTION)
    one = next(key for key, zone in breaking.members(aws).items() if zone == C)
    ec2.stop_instances(InstanceIds=[one])
    wait_until(lambda: shop.truth.now == {"502": 0.25})
    wait_until(lambda: is_well(shop))
    ec2.start_instances(InstanceIds=[one])
    wait_until(lambda: C in served(shop, 4))
    assert [each.kind for each in shop.truth.windows()] == ["502"]


def test_a_target_that_somebody_takes_out_is_missed_by_nobody(aws: LocalAws, shop: Shop) -> None:
    balancing = aws.client("elbv2", account=PRODUCTION)
    (group,) = balancing.describe_target_groups(Names=[WEB])["TargetGroups"]
    out = [{"Id": key} for key, zone in breaking.members(aws).items() if zone == C]
    balancing.deregister_targets(TargetGroupArn=group["TargetGroupArn"], Targets=out)
    wait_until(lambda: served(shop) == {A, f"{TOKYO}d"})
    assert shop.truth.windows() == ()


def test_weights_move_the_traffic_when_the_time_to_live_is_over(aws: LocalAws, shop: Shop) -> None:
    shop.timing.scale = 0.02  # a TTL of 1.2 s
    breaking.weigh(aws, tokyo=0, virginia=100)
    assert f"({TOKYO})" in page(shop)[1]
    wait_until(lambda: f"({VIRGINIA})" in page(shop)[1])
    assert served(shop) == {f"{VIRGINIA}a", f"{VIRGINIA}b"}
    breaking.weigh(aws, tokyo=50, virginia=50)
    wait_until(lambda: {f"{VIRGINIA}a", A} <= served(shop, 16))
    assert shop.truth.windows() == ()


def test_what_is_planted_anew_is_well_at_once_and_at_the_same_door(aws: LocalAws, shop: Shop) -> None:
    breaking.associate(aws, breaking.subnets(aws, A, "web"), breaking.deny_all(aws))
    wait_until(lambda: is_broken(shop))
    url = shop.url
    with aws.control.lock:
        aws.reset()
        plant_shop(aws)
    wait_until(lambda: is_well(shop) and served(shop) == {A, C, f"{TOKYO}d"})
    assert shop.url == url
