"""CloudWatch dashboards: which there are and what they hold; put one.

Reads come first, changes after.  Sources: "ListDashboards", "GetDashboard", "PutDashboard" (CloudWatch API
reference): the dashboards of an account are the same in all its regions.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Protocol, cast

from aws.account import Accounts, Place
from aws.errors import speaking_plainly


class CloudWatch(Protocol):
    """The client, as far as it is used here."""

    def list_dashboards(self, **named: object) -> Mapping[str, Any]:
        """A page of names."""

    def get_dashboard(self, **named: object) -> Mapping[str, Any]:
        """One with its body."""

    def put_dashboard(self, **named: object) -> Mapping[str, Any]:
        """Make or replace one."""


def client(aws: Accounts, place: Place) -> CloudWatch:
    """CloudWatch in a place."""
    return cast("CloudWatch", aws.client("cloudwatch", place))


def names(cloudwatch: CloudWatch) -> Iterator[str]:
    """The names of every dashboard of the account.  Raises AwsError."""
    token: dict[str, object] = {}
    while True:
        with speaking_plainly("looking at dashboards"):
            page = cloudwatch.list_dashboards(**token)
        yield from (str(one["DashboardName"]) for one in page.get("DashboardEntries", []))
        if not page.get("NextToken"):
            return
        token = {"NextToken": page["NextToken"]}


def body(cloudwatch: CloudWatch, name: str) -> str:
    """What a dashboard holds, as JSON.  Raises AwsError; NotFound for one that is not there."""
    with speaking_plainly(f"looking at the dashboard {name}"):
        return str(cloudwatch.get_dashboard(DashboardName=name)["DashboardBody"])


def put(cloudwatch: CloudWatch, name: str, written: str) -> str:
    """Make or replace a dashboard; returns AWS's request id.  Repeatable.  Raises AwsError."""
    with speaking_plainly(f"writing the dashboard {name}"):
        reply = cloudwatch.put_dashboard(DashboardName=name, DashboardBody=written)
    return str(reply["ResponseMetadata"]["RequestId"])
