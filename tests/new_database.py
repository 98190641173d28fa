"""A database as a bot finds it after its first start: migrated once a process, then copied."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from sqlalchemy.engine import make_url

from bot.store import migrate
from bot.store.database import Database

if TYPE_CHECKING:
    from tests.postgres import Server

NAME = "toban.db"
ELSEWHERE = "toban.url"
"""The file that says where the database of a folder is, when it is no file in it."""


def put_new_database(folder: Path) -> None:
    """Put one into the folder, unless there is one already."""
    file = folder / NAME
    if not file.exists() and not (folder / ELSEWHERE).exists():
        file.write_bytes(migrated())


def put_on(server: "Server", folder: Path) -> str:
    """Make a database on this server that of the folder; returns its url."""
    if not server.template:
        url = server.new()
        _migrate(url)
        server.template = make_url(url).database or ""
    url = server.copy()
    (folder / ELSEWHERE).write_text(url, encoding="utf-8")
    return url


def url_in(folder: Path) -> str:
    """Where the folder's database is."""
    elsewhere = folder / ELSEWHERE
    return elsewhere.read_text(encoding="utf-8") if elsewhere.exists() else f"sqlite:///{folder}/{NAME}"


@cache
def migrated() -> bytes:
    """The file after all migrations; Alembic takes longer than most of the tests that need it."""
    with TemporaryDirectory() as folder:
        _migrate(f"sqlite:///{folder}/{NAME}")
        return (Path(folder) / NAME).read_bytes()


def _migrate(url: str) -> None:
    made = Database(url)
    migrate.up_to_date(made)
    made.close()
