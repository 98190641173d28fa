"""What is slow, lossy, shifted away or denied is so for the shop, too."""

import json
import time
from datetime import timedelta

from commands.changes.traffic_script import Shape, shaping
from playground.aws.fleet import PRODUCTION, TOKYO
from playground.aws.server import LocalAws
from playground.aws.shop_plan import BUCKET, CACHE, ROLE, SHOP
from playground.shop.shop import Shop
from playground.shop.truth import PICTURE
from tests.playground.shop import breaking
from tests.playground.shop.observer import is_well, page, wait_until
from tests.playground.shop.test_shop import A, C, served

PICTURES = "pictures/asagao.svg"


def spoil(aws: LocalAws, chosen: list[str], shape: Shape, lasts: float) -> None:
    aws.control.commands_write()
    script = shaping(shape, timedelta(seconds=lasts), 7)
    aws.client("ssm", account=PRODUCTION).send_command(
        InstanceIds=chosen, DocumentName="AWS-RunShellScript", Parameters={"commands": script}
    )


def took(shop: Shop) -> float:
    begun = time.monotonic()
    assert page(shop)[0] == 200
    return time.monotonic() - begun


def test_latency_makes_one_servers_pages_late_until_its_timer_ends_it(aws: LocalAws, shop: Shop) -> None:
    shop.timing.scale = 1  # checks wait for two seconds
    one = next(key for key, zone in breaking.members(aws).items() if zone == C)
    spoil(aws, [one], Shape(delay_ms=1200), 4)
    wait_until(lambda: shop.truth.now == {"slow": 0.25})
    times = sorted(took(shop) for _ in range(4))
    assert times[2] < 0.5
    assert times[3] >= 1.2
    wait_until(lambda: is_well(shop))
    (slow,) = shop.truth.windows()
    assert slow.end is not None
    assert 3.5 < (slow.end - slow.begin).total_seconds() < 4.5
    assert shop.truth.outages() == ()


def test_a_cache_that_fails_over_makes_every_page_slow_and_none_fail(aws: LocalAws, shop: Shop) -> None:
    aws.control.caches_fail_over(complete=4, recover=4)
    aws.client("elasticache", account=PRODUCTION).test_failover(ReplicationGroupId=CACHE, NodeGroupId="0001")
    wait_until(lambda: shop.truth.now == {"slow": 1.0})
    assert took(shop) >= 1.2
    wait_until(lambda: is_well(shop))
    assert took(shop) < 1
    assert shop.truth.outages() == ()


def test_a_server_that_loses_everything_is_found_out(aws: LocalAws, shop: Shop) -> None:
    shop.timing.longest = 0.5
    one = next(key for key, zone in breaking.members(aws).items() if zone == C)
    spoil(aws, [one], Shape(loss=100), 60)
    wait_until(lambda: shop.truth.now == {"504": 0.25})
    wait_until(lambda: is_well(shop))
    assert served(shop) == {A, f"{TOKYO}d"}


def test_a_zonal_shift_keeps_its_zone_free_at_once_and_nobody_minds(aws: LocalAws, shop: Shop) -> None:
    arc = aws.client("arc-zonal-shift", account=PRODUCTION)
    balancing = aws.client("elbv2", account=PRODUCTION)
    (balancer,) = balancing.describe_load_balancers(Names=[SHOP])["LoadBalancers"]
    zones = aws.client("ec2", account=PRODUCTION).describe_availability_zones()["AvailabilityZones"]
    away = next(one["ZoneId"] for one in zones if one["ZoneName"] == A)
    shift = arc.start_zonal_shift(
        resourceIdentifier=balancer["LoadBalancerArn"], awayFrom=away, expiresIn="10m", comment="a test"
    )
    wait_until(lambda: A not in served(shop))
    arc.cancel_zonal_shift(zonalShiftId=shift["zonalShiftId"])
    wait_until(lambda: A in served(shop))
    assert shop.truth.windows() == ()


def test_a_bucket_that_is_denied_to_the_role_fails_one_page(aws: LocalAws, shop: Shop) -> None:
    s3 = aws.client("s3", account=PRODUCTION)
    name = f"{BUCKET}-{TOKYO}"
    denied = {
        "Effect": "Deny",
        "Principal": {"AWS": f"arn:aws:iam::{PRODUCTION}:role/{ROLE}"},
        "Action": "s3:*",
        "Resource": [f"arn:aws:s3:::{name}", f"arn:aws:s3:::{name}/*"],
    }
    s3.put_bucket_policy(Bucket=name, Policy=json.dumps({"Version": "2012-10-17", "Statement": [denied]}))
    wait_until(lambda: page(shop, PICTURES)[0] == 403)
    assert page(shop)[0] == 200
    s3.delete_bucket_policy(Bucket=name)
    wait_until(lambda: page(shop, PICTURES)[0] == 200)
    assert shop.truth.windows() == ()
    (window,) = shop.truth.windows(PICTURE)
    assert (window.kind, window.share, window.end is None) == ("403", 1.0, False)


def test_a_role_with_a_denial_of_its_own_is_denied_too(aws: LocalAws, shop: Shop) -> None:
    iam = aws.client("iam", account=PRODUCTION)
    denied = {"Effect": "Deny", "Action": ["s3:Get*"], "Resource": "*"}
    words = json.dumps({"Version": "2012-10-17", "Statement": denied})
    iam.put_role_policy(RoleName=ROLE, PolicyName="toban-1", PolicyDocument=words)
    wait_until(lambda: page(shop, PICTURES)[0] == 403)
    iam.delete_role_policy(RoleName=ROLE, PolicyName="toban-1")
    wait_until(lambda: page(shop, PICTURES)[0] == 200)
