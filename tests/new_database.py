"""A database as a bot finds it after its first start: migrated once a process, then copied."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.store import migrate
from bot.store.database import Database

NAME = "toban.db"


def put_new_database(folder: Path) -> None:
    """Put one into the folder, unless there is one already."""
    file = folder / NAME
    if not file.exists():
        file.write_bytes(migrated())


@cache
def migrated() -> bytes:
    """The file after all migrations; Alembic takes longer than most of the tests that need it."""
    with TemporaryDirectory() as folder:
        made = Database(f"sqlite:///{folder}/{NAME}")
        migrate.up_to_date(made)
        made.close()
        return (Path(folder) / NAME).read_bytes()
