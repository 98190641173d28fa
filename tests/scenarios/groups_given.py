"""What stories of databases and Auto Scaling groups begin with, and what there is of them afterwards."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from playground.aws.server import LocalAws
from tests.scenarios.conftest import ACCOUNT, TOKYO

BY_AWS = "DB instance is being started due to it exceeding the maximum allowed time being stopped."
CHANGES = ("StartDBInstance", "StopDBInstance")
TAGS = [{"Key": "env", "Value": "dev"}]


def a_database(aws: LocalAws, status: str = "available") -> str:
    """A database of dev in this state."""
    aws.client("rds", account=ACCOUNT, region=TOKYO).create_db_instance(
        DBInstanceIdentifier="shop",
        DBInstanceClass="db.t4g.micro",
        Engine="mysql",
        AllocatedStorage=20,
        MasterUsername="admin",
        MasterUserPassword="not-a-secret",
        Tags=TAGS,
    )
    _rds(aws).databases["shop"].status = status
    return ""


def a_stopped_database(aws: LocalAws) -> str:
    """A database of dev that is stopped."""
    return a_database(aws, "stopped")


def one_that_aws_will_start(aws: LocalAws) -> str:
    """A database of dev, and RDS's event that it started it, which is newer than any stop of the story."""
    a_database(aws)
    event = SimpleNamespace(
        source_identifier="shop",
        source_type="db-instance",
        message=BY_AWS,
        categories=["notification"],
        date=datetime(2026, 11, 21, 3, 30, tzinfo=UTC),
    )
    _rds(aws).events.append(event)
    return ""


def there(aws: LocalAws) -> dict[str, object]:
    """Databases, by moto's state."""
    aws.control.settle()
    return {"databases": sorted((key, one.status) for key, one in _rds(aws).databases.items())}


def _rds(aws: LocalAws) -> Any:
    return aws.backend("rds", ACCOUNT, TOKYO)
