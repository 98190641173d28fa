"""Route 53, which is the same in all regions: its one client, and the place that its resources are in.

CloudTrail shows its calls in us-east-1, so that is where toban says they are ("AWS CloudTrail events for
Amazon Route 53").  botocore finds its one endpoint from any region.
"""

from collections.abc import Mapping
from typing import Any, Protocol, cast

from aws.account import Accounts, Place

REGION = "us-east-1"


class Route53(Protocol):
    """The client, as far as it is used here."""

    def list_hosted_zones_by_name(self, **named: object) -> Mapping[str, Any]:
        """Hosted zones from a name on."""

    def list_tags_for_resource(self, **named: object) -> Mapping[str, Any]:
        """The tags of a hosted zone or health check."""

    def list_resource_record_sets(self, **named: object) -> Mapping[str, Any]:
        """Record sets of a hosted zone from a name on."""

    def get_change(self, **named: object) -> Mapping[str, Any]:
        """Whether a change has reached every name server."""

    def get_health_check(self, **named: object) -> Mapping[str, Any]:
        """What a health check looks at."""

    def get_health_check_status(self, **named: object) -> Mapping[str, Any]:
        """What its checkers saw."""

    def change_resource_record_sets(self, **named: object) -> Mapping[str, Any]:
        """Change record sets, all or none."""


def place(account: str) -> Place:
    """Where an account's hosted zones and records are said to be."""
    return Place(account, REGION)


def client(aws: Accounts, account: str) -> Route53:
    """Route 53 as this account."""
    return cast("Route53", aws.client("route53", place(account)))
