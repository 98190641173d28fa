"""The database: it opens, it is whole, it is of this version, and its disk has room."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy.engine import make_url

from bot.doctor import server, sqlite_file
from bot.doctor.finding import Finding, Says
from bot.doctor.server import Unreachable
from bot.doctor.sqlite_file import Unreadable
from bot.settings import Settings
from bot.store.schema import HEAD

NAME = "database"
_SAYS = Says(NAME)
MEGABYTE = 1_000_000
LITTLE, TOO_LITTLE = 1_000 * MEGABYTE, 100 * MEGABYTE
_FIX = "Let `toban doctor --fix` do it; the next start does it, too."
_RESTORE = (
    "Stop toban, keep the file for whoever looks into it, and put the newest copy in its place,"
    " without the files that end in -wal and -shm (docs/operations.md, Backup)."
)


def look(settings: Settings) -> Iterator[Finding]:
    """The file, or the server."""
    if make_url(settings.database_url).get_backend_name() != "sqlite":
        yield from _on_server(settings.database_url)
        return
    file = settings.database_file
    yield _in_file(file) if file.exists() else _not_yet(file)
    yield from _held(file)
    yield from _room(file)


def _not_yet(file: Path) -> Finding:
    folder = file.parent
    if not folder.exists():
        return _SAYS.warning(f"There is no folder {folder} for the database yet.", _FIX)
    if not os.access(folder, os.W_OK):
        what = f"toban may not write in {folder}, where its database belongs."
        return _SAYS.failed(what, f"Make {folder} belong to the user that toban runs as.")
    return _SAYS.ok(f"There is no database yet; the first start makes {file}.")


def _in_file(file: Path) -> Finding:
    try:
        wrong = sqlite_file.damage(file)
        if not wrong:
            return _at(sqlite_file.version(file), str(file), lambda: sqlite_file.oldest(file))
    except Unreadable as error:
        wrong = str(error)
    return _SAYS.failed(f"{file} is damaged, or no database: {wrong}.", _RESTORE)


def _at(version: str, where: str, oldest: Callable[[], str]) -> Finding:
    """Which version of toban it is of."""
    if version == HEAD:
        return _SAYS.ok(f"{where} is whole, and of this version.")
    if version > HEAD and oldest() > HEAD:
        what = f"{where} was used by a newer toban ({version}; this one knows {HEAD})."
        return _SAYS.failed(what, "Run that version again, or put back a copy from before it.")
    if version > HEAD:
        return _SAYS.ok(f"{where} was used by a newer toban ({version}), and this one works on it, too.")
    return _SAYS.warning(f"{where} is of an older version ({version or 'none'}; this one is {HEAD}).", _FIX)


def _on_server(url: str) -> Iterator[Finding]:
    try:
        stands = server.version(url)
        yield _at(stands, "The database on the server", lambda: server.oldest(url))
        if stands == HEAD and (waiting := server.waiting(url)):
            yield _SAYS.failed(
                f"No worker of toban lives, and what people asked for waits (operations: {waiting}).",
                "Start `toban run --role worker`, or `toban run`.",
            )
    except Unreachable as error:
        why = str(error)
        yield _SAYS.failed(
            f"{why[:1].upper()}{why[1:]}.",
            "See whether it runs, can be reached, and knows the user and password of TOBAN_DATABASE_URL.",
        )


def _held(file: Path) -> Iterator[Finding]:
    try:
        if sqlite_file.is_held(file):
            yield _SAYS.ok("A toban process has the database open; a second one will not start beside it.")
    except OSError as error:
        what = f"The lock {file}.lock cannot be opened: {error.strerror}."
        yield _SAYS.failed(
            what, f"Make {file.parent} and what is in it belong to the user that toban runs as."
        )


def _room(file: Path) -> Iterator[Finding]:
    folder = next(folder for folder in file.absolute().parents if folder.exists())
    free = shutil.disk_usage(folder).free
    do = f"Make room on the disk of {folder}: when it is full, toban refuses every command."
    if free < TOO_LITTLE:
        yield _SAYS.failed(f"The disk of the database has {free // MEGABYTE} MB left.", do)
    elif free < LITTLE:
        yield _SAYS.warning(f"The disk of the database has {free // MEGABYTE} MB left.", do)
