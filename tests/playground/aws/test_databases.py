"""Databases of the local AWS: with automated backups, and without."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from playground.aws.outside_orders import TOO_LONG
from playground.aws.server import LocalAws
from tests.playground.aws.conftest import ONCE, PRODUCTION


@pytest.fixture
def rds(aws: LocalAws) -> Any:
    client = aws.client("rds", account=PRODUCTION, config=ONCE)
    for name, days in (("shop", 7), ("old", 0)):
        client.create_db_instance(
            DBInstanceIdentifier=name,
            DBInstanceClass="db.r7g.large",
            Engine="mysql",
            AllocatedStorage=100,
            MasterUsername="local",
            MasterUserPassword="not-a-secret",
            BackupRetentionPeriod=days,
        )
    return client


def test_only_a_database_with_automated_backups_can_be_restored_to_a_time(rds: Any) -> None:
    found = {one["DBInstanceIdentifier"]: one for one in rds.describe_db_instances()["DBInstances"]}
    assert {name: one["BackupRetentionPeriod"] for name, one in found.items()} == {"shop": 7, "old": 0}
    assert {name: "LatestRestorableTime" in one for name, one in found.items()} == {
        "shop": True,
        "old": False,
    }


def test_only_a_database_with_automated_backups_has_them(rds: Any) -> None:
    found = rds.describe_db_snapshots(SnapshotType="automated")["DBSnapshots"]
    assert [one["DBInstanceIdentifier"] for one in found] == ["shop"]


def status(rds: Any, name: str) -> str:
    (found,) = rds.describe_db_instances(DBInstanceIdentifier=name)["DBInstances"]
    return str(found["DBInstanceStatus"])


def test_a_stop_and_a_start_take_their_time(aws: LocalAws, rds: Any) -> None:
    aws.control.databases_take(start=300, stop=120)
    rds.stop_db_instance(DBInstanceIdentifier="shop")
    assert status(rds, "shop") == "stopping"
    aws.control.advance(120)
    assert status(rds, "shop") == "stopped"
    rds.start_db_instance(DBInstanceIdentifier="shop")
    assert status(rds, "shop") == "starting"
    aws.control.advance(300)
    assert status(rds, "shop") == "available"
    said = rds.describe_events(SourceIdentifier="shop", SourceType="db-instance")["Events"]
    assert [each["Message"] for each in said][-2:] == ["DB instance stopped", "DB instance started"]


@pytest.mark.parametrize("verb", ["start", "stop"])
def test_only_a_database_at_rest_is_started_or_stopped(aws: LocalAws, rds: Any, verb: str) -> None:
    aws.control.databases_take(stop=120)
    rds.stop_db_instance(DBInstanceIdentifier="shop")
    with pytest.raises(ClientError, match="InvalidDBInstanceState"):
        getattr(rds, f"{verb}_db_instance")(DBInstanceIdentifier="shop")


def test_aws_starts_a_stopped_database_again(aws: LocalAws, rds: Any) -> None:
    with pytest.raises(ValueError, match="not stopped"):
        aws.control.restart_database("shop", PRODUCTION)
    rds.stop_db_instance(DBInstanceIdentifier="shop")
    aws.control.restart_database("shop", PRODUCTION)
    assert status(rds, "shop") == "available"
    said = rds.describe_events(SourceIdentifier="shop", SourceType="db-instance")["Events"]
    assert TOO_LONG in [each["Message"] for each in said]


def test_a_snapshot_by_hand_is_told_apart(rds: Any) -> None:
    rds.create_db_snapshot(DBSnapshotIdentifier="before-upgrade", DBInstanceIdentifier="old")
    (made,) = rds.describe_db_snapshots(SnapshotType="manual")["DBSnapshots"]
    assert (made["DBInstanceIdentifier"], made["Status"]) == ("old", "available")
