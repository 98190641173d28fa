"""Databases in the local AWS."""

from typing import Any

from tests.commands.desk import DEV_ID, TOKYO, Desk


def rds(desk: Desk, account: str = DEV_ID, region: str = TOKYO) -> Any:
    """A client of this AWS that is nobody's of toban."""
    return desk.local.client("rds", account=account, region=region)


def add(
    desk: Desk, name: str, *, engine: str = "mysql", account: str = DEV_ID, more: Any = None, **tags: str
) -> Any:
    """A database that is available, as moto keeps it."""
    rds(desk, account).create_db_instance(
        DBInstanceIdentifier=name,
        DBInstanceClass="db.t4g.micro",
        Engine=engine,
        AllocatedStorage=20,
        MasterUsername="admin",
        MasterUserPassword="not-a-secret",
        Tags=_listed(tags),
        **(more or {}),
    )
    return desk.local.backend("rds", account, TOKYO).databases[name]


def add_cluster(desk: Desk, name: str, member: str, **tags: str) -> Any:
    """An Aurora cluster with one member."""
    rds(desk).create_db_cluster(
        DBClusterIdentifier=name,
        Engine="aurora-mysql",
        MasterUsername="admin",
        MasterUserPassword="not-a-secret",
        Tags=_listed(tags),
    )
    rds(desk).create_db_instance(
        DBInstanceIdentifier=member,
        DBInstanceClass="db.r7g.large",
        Engine="aurora-mysql",
        DBClusterIdentifier=name,
        Tags=_listed(tags),
    )
    return desk.local.backend("rds", DEV_ID, TOKYO).clusters[name]


def state(desk: Desk, name: str) -> str:
    """The state of a database as RDS shows it."""
    (found,) = rds(desk).describe_db_instances(DBInstanceIdentifier=name)["DBInstances"]
    return str(found["DBInstanceStatus"])


def _listed(tags: dict[str, str]) -> list[dict[str, str]]:
    return [{"Key": key, "Value": value} for key, value in tags.items()]
