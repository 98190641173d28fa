"""The estate's databases: with automated backups and without; those of development keep office hours."""

from typing import Any

from playground.aws.fleet import OFFICE
from playground.aws.planting import HOURS
from playground.aws.rds import forget_automated_backups

SHOP, REPORTS = "shop", "reports"  # with and without automated backups
DEV_SHOP, DEV_ARCHIVE = "dev-shop", "dev-archive"  # keeps office hours; is stopped


def databases(backend: Any) -> None:
    """Make the shop's database, and the reports' that nobody backs up but by hand, once."""
    _database(backend, SHOP, "mysql", 500, days=7, multi_az=True)
    _database(backend, REPORTS, "postgres", 200, days=0, multi_az=False)
    backend.create_db_snapshot(REPORTS, f"{REPORTS}-before-upgrade", snapshot_type="manual")


def development(backend: Any) -> None:
    """Make development's databases: one for the day, and one that somebody stopped."""
    for name, engine, hours in ((DEV_SHOP, "mysql", OFFICE), (DEV_ARCHIVE, "postgres", "")):
        _database(backend, name, engine, 100, days=0, multi_az=False, env="dev", hours=hours)
    backend.databases[DEV_ARCHIVE].status = "stopped"


def _database(backend: Any, name: str, engine: str, gib: int, *, days: int, multi_az: bool,
    env: str = "production", hours: str = "",
) -> None:  # fmt: skip
    tags = {"Name": name, "env": env, HOURS: hours}
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
            "tags": [{"Key": key, "Value": value} for key, value in tags.items() if value],
        }
    )
    forget_automated_backups(backend, made)
