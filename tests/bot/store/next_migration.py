"""A version after this one: the same code with one more migration."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.store import migrate, postgresql
from bot.store.schema import HEAD

NEXT = "9001"
EXPANDS = """
indexes = (NewIndex("ix_audit_next", "audit", ("outcome", "id"), "outcome <> ''"),)


def upgrade() -> None:
    op.add_column("steps", sa.Column("next", sa.Integer(), nullable=False, server_default="7"))
    op.create_table("nexts", sa.Column("id", sa.Integer(), primary_key=True))
    for one in indexes:
        one.make()
"""
CONTRACTS = """
def upgrade() -> None:
    op.drop_table("deliveries")
"""


def put_migration(folder: Path, body: str, *, kind: str = "expand", oldest: str = "") -> None:
    """Write it into a folder of migrations, after all that are there."""
    lines = [
        '"""The next one."""',
        "import sqlalchemy as sa",
        "from alembic import op",
        "from bot.store.migrations.index import NewIndex",
        f'revision, down_revision, kind = "{NEXT}", "{HEAD}", "{kind}"',
        f'oldest = "{oldest}"' if oldest else "",
    ]
    (folder / "versions" / f"{NEXT}_next.py").write_text("\n".join([*lines, body]), encoding="utf-8")


@contextmanager
def the_next_version(folder: Path, body: str, *, kind: str = "expand", oldest: str = "") -> Iterator[None]:
    """What starts meanwhile is that version; before and after, this one."""
    migrations = folder / "migrations"
    if not migrations.exists():
        shutil.copytree(migrate.MIGRATIONS, migrations, ignore=shutil.ignore_patterns("__pycache__"))
    put_migration(migrations, body, kind=kind, oldest=oldest)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrate, "MIGRATIONS", migrations)
        for where in (migrate, postgresql):
            patch.setattr(where, "HEAD", NEXT)
        patch.setitem(postgresql.OPTIONS["connect_args"], "application_name", f"toban {NEXT}")
        yield
