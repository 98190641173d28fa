"""The shop that may be broken on purpose: what there is of it, and where."""

from collections.abc import Mapping
from dataclasses import dataclass

from playground.aws.fleet import TOKYO, VIRGINIA

SHOP, WEB, DATABASE, CACHE = "shop", "shop-web", "shop-db", "shop-cache"
"""Network and load balancer; the group, its template and its target group; the database; the cache."""
NAME, ZONE, TTL = "shop.asagao.example.", "asagao.example.", 60  # seconds
ROLE, BUCKET = "shop-web", "asagao-shop-staging"
"""The web servers' role, and the bucket of pictures in each place: its name goes on with the region's."""
CHAOS, ALLOWED = "toban:chaos", "allowed"
TAGS: Mapping[str, str] = {"env": "staging", "service": SHOP, CHAOS: ALLOWED}


@dataclass(frozen=True, slots=True)
class Site:
    """The shop in one region."""

    region: str
    zones: tuple[str, ...]  # the first holds the database's primary
    servers: int
    network: str  # the first two numbers of its addresses
    identifier: str  # of its record
    weight: int
    has_cache: bool = False


SITES = (
    Site(TOKYO, ("ap-northeast-1a", "ap-northeast-1c", "ap-northeast-1d"), 4, "10.8", "tokyo", 100,
         has_cache=True),
    Site(VIRGINIA, ("us-east-1a", "us-east-1b"), 2, "10.9", "virginia", 0),
)  # fmt: skip


def listed(tags: Mapping[str, str]) -> list[dict[str, str]]:
    """Return tags as AWS's calls take them."""
    return [{"Key": key, "Value": value} for key, value in tags.items()]
