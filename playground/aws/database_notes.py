"""What RDS notes of databases and clusters at a moment; moto knows a few events only."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any


def note(database: Any, message: str, at: datetime) -> None:
    """Let RDS note something of an instance, at a moment in UTC."""
    _note(database.backend, database, message, at)


def note_cluster(cluster: Any, message: str, at: datetime) -> None:
    """Let RDS note something of a cluster, at a moment in UTC."""
    source = SimpleNamespace(
        resource_id=cluster.db_cluster_identifier, event_source_type="db-cluster", arn=cluster.db_cluster_arn
    )
    _note(cluster.backend, source, message, at)


def _note(backend: Any, source: Any, message: str, at: datetime) -> None:
    backend.add_event("DB_INSTANCE_CREATE", source)
    noted = backend.events[-1]
    noted.message, noted.date = message, at
    noted.event_categories = ["failover" if "failover" in message else "availability"]
