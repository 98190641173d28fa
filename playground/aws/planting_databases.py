"""The estate's databases: one with automated backups, one without, one snapshot by hand."""

from typing import Any

from playground.aws.rds import forget_automated_backups

SHOP, REPORTS = "shop", "reports"  # with and without automated backups


def databases(backend: Any) -> None:
    """Make the shop's database, and the reports' that nobody backs up but by hand, once."""
    _database(backend, SHOP, "mysql", 500, days=7, multi_az=True)
    _database(backend, REPORTS, "postgres", 200, days=0, multi_az=False)
    backend.create_db_snapshot(REPORTS, f"{REPORTS}-before-upgrade", snapshot_type="manual")


def _database(backend: Any, name: str, engine: str, gib: int, *, days: int, multi_az: bool) -> None:
    made = backend.create_db_instance(
        {
            "db_instance_identifier": name,
            "db_instance_class": "db.r7g.large",
            "engine": engine,
            "allocated_storage": gib,
            "backup_retention_period": days,
            "multi_az": multi_az,
            "storage_encrypted": True,
            "master_username": "shop",
            "tags": [{"Key": "Name", "Value": name}, {"Key": "env", "Value": "production"}],
        }
    )
    forget_automated_backups(backend, made)
