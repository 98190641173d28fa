"""Databases of the local AWS: with automated backups, and without."""

from typing import Any

import pytest

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


def test_a_snapshot_by_hand_is_told_apart(rds: Any) -> None:
    rds.create_db_snapshot(DBSnapshotIdentifier="before-upgrade", DBInstanceIdentifier="old")
    (made,) = rds.describe_db_snapshots(SnapshotType="manual")["DBSnapshots"]
    assert (made["DBInstanceIdentifier"], made["Status"]) == ("old", "available")
