"""Where the AWS console shows what: a page for every kind, in its partition, by the portal."""

from urllib.parse import parse_qs, urlsplit

import pytest

from bot.console import PAGES, WITHOUT, Console, address, kind_of

TOKYO = "ap-northeast-1"
HERE = f"https://{TOKYO}.console.aws.amazon.com"
PORTAL = Console("https://d-1234567890.awsapps.com/start", "ReadOnlyAccess", {"prod": "222222222222"})


@pytest.mark.parametrize(
    ("kind", "id_", "page"),
    [
        ("instance", "i-0abc", "ec2/home?region=ap-northeast-1#InstanceDetails:instanceId=i-0abc"),
        ("volume", "vol-0abc", "ec2/home?region=ap-northeast-1#VolumeDetails:volumeId=vol-0abc"),
        ("snapshot", "snap-0abc", "ec2/home?region=ap-northeast-1#SnapshotDetails:snapshotId=snap-0abc"),
        ("image", "ami-0abc", "ec2/home?region=ap-northeast-1#ImageDetails:imageId=ami-0abc"),
        ("auto-scaling-group", "web", "ec2/home?region=ap-northeast-1#AutoScalingGroupDetails:id=web"),
        ("load-balancer", "web", "ec2/home?region=ap-northeast-1#LoadBalancers:search=web"),
        ("database", "shop", "rds/home?region=ap-northeast-1#database:id=shop;is-cluster=false"),
        ("database-cluster", "shop", "rds/home?region=ap-northeast-1#database:id=shop;is-cluster=true"),
        ("alarm", "disk / full", "cloudwatch/home?region=ap-northeast-1#alarmsV2:alarm/disk%20%2F%20full"),
        ("bucket", "asagao-logs", "s3/buckets/asagao-logs?region=ap-northeast-1"),
    ],
)
def test_a_kind_has_its_page_in_its_region(kind: str, id_: str, page: str) -> None:
    assert address(kind, id_, TOKYO) == f"{HERE}/{page}"


@pytest.mark.parametrize("kind", PAGES)
def test_every_page_is_an_address_that_names_region_and_resource(kind: str) -> None:
    url = address(kind, "x-1", TOKYO)
    parts = urlsplit(url)
    assert (parts.scheme, parts.hostname) == ("https", f"{TOKYO}.console.aws.amazon.com")
    assert parse_qs(parts.query)["region"] == [TOKYO]
    assert "x-1" in parts.path + parts.fragment
    assert not set(url) & set("<>|{} ")


def test_china_and_govcloud_have_consoles_of_their_own() -> None:
    assert address("instance", "i-0a", "cn-north-1").startswith("https://cn-north-1.console.amazonaws.cn/")
    assert address("instance", "i-0a", "us-gov-west-1").startswith(
        "https://us-gov-west-1.console.amazonaws-us-gov.com/"
    )


@pytest.mark.parametrize(
    ("kind", "id_", "region"),
    [
        ("schedule", "nightly", TOKYO),
        ("instance", "i-0abc", ""),
        ("alarm", "a|b>", TOKYO),
        ("alarm", "ディスク", TOKYO),
    ],
)
def test_what_has_no_page_and_what_no_link_can_carry_has_no_address(kind: str, id_: str, region: str) -> None:
    assert address(kind, id_, region) == ""


def test_no_kind_both_has_a_page_and_has_none() -> None:
    assert not set(PAGES) & WITHOUT


def test_an_id_tells_its_kind() -> None:
    assert [kind_of(each) for each in ("sg-0a", "eni-0a", "subnet-0a", "i-0a", "web", "i-0g")] == [
        "security-group",
        "network-interface",
        "subnet",
        "instance",
        "",
        "",
    ]


def test_the_access_portal_signs_in_to_the_account_first() -> None:
    url = PORTAL.link("instance", "i-0abc", "prod", TOKYO)
    start, _, asked = url.partition("/#/console?")
    assert start == "https://d-1234567890.awsapps.com/start"
    given = parse_qs(asked)
    assert (given["account_id"], given["role_name"]) == (["222222222222"], ["ReadOnlyAccess"])
    assert given["destination"] == [address("instance", "i-0abc", TOKYO)]
    assert "destination=https%3A%2F%2F" in asked  # else its own ? and # would be the portal's


def test_without_a_role_the_portal_asks_and_without_an_account_the_link_is_straight() -> None:
    asking = Console(PORTAL.portal, "", PORTAL.accounts)
    assert "role_name" not in asking.link("instance", "i-0abc", "prod", TOKYO)
    assert PORTAL.link("instance", "i-0abc", "elsewhere", TOKYO) == address("instance", "i-0abc", TOKYO)
