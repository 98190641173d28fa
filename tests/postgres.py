"""A PostgreSQL of our own for tests: Debian's package, started on a socket in a folder that goes again."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

import psycopg

PLACES = "/usr/lib/postgresql"  # where Debian and Ubuntu put every version
QUICK = ("fsync=off", "full_page_writes=off", "max_connections=200", "listen_addresses=''", "autovacuum=off")

EMPTY = """
set session_replication_role = replica; set lock_timeout = '5s';
do $$ declare one text; begin
  for one in select tablename from pg_tables where schemaname = 'public' and tablename <> 'alembic_version'
  loop execute format('delete from %I', one); end loop;
  for one in select sequencename from pg_sequences where schemaname = 'public'
  loop perform setval(one::regclass, 1, false); end loop;
end $$
"""
"""Deletes all rows, whatever guards them, and counts from one again."""


def programs() -> Path | None:
    """The folder of the newest version's programs; None: it is not installed."""
    found = sorted(Path(PLACES).glob("*/bin/initdb"), key=lambda one: int(one.parts[-3]))
    return found[-1].parent if found else None


@dataclass
class Server:
    """One that runs."""

    folder: Path
    bin: Path
    template: str = ""  # a database that is ready to be copied
    _numbers: Iterator[int] = field(default_factory=count)
    _free: list[str] = field(default_factory=list)  # copies of the template that nobody needs any more

    def url(self, name: str) -> str:
        """How toban is told of a database here."""
        return f"postgresql+psycopg://toban@/{name}?host={self.folder}"

    def new(self, template: str = "template0") -> str:
        """A database of its own, and its url."""
        name = f"toban_{next(self._numbers)}"
        self.run(f"create database {name} template {template}")
        return self.url(name)

    def copy(self) -> str:
        """The url of a database like the template; one that was used before is emptied, which is faster."""
        if not self._free:
            return self.new(self.template)
        url = self._free.pop()
        self.run(EMPTY, url.partition("@/")[2].partition("?")[0])
        return url

    def give_back(self, url: str) -> None:
        """Nobody needs this copy any more."""
        self._free.append(url)

    def run(self, statement: str, database: str = "postgres") -> None:
        """One statement, as the server's owner."""
        with psycopg.connect(f"host={self.folder} user=toban dbname={database}", autocommit=True) as tx:
            tx.execute(statement.encode())

    def start(self) -> None:
        """Start it, or start it anew."""
        options = " ".join(f"-c {one}" for one in (*QUICK, f"unix_socket_directories={self.folder}"))
        self._do(
            "pg_ctl", "start", "-w", "-D", f"{self.folder}/data", "-l", f"{self.folder}/log", "-o", options
        )

    def stop(self, how: str = "immediate") -> None:
        """Stop it: at once, as a power cut does."""
        self._do("pg_ctl", "stop", "-w", "-m", how, "-D", f"{self.folder}/data")

    def _do(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [*as_nobody(), str(self.bin / program), *arguments],
            check=True,
            cwd=self.folder,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def make(self) -> None:
        """Make its folder."""
        how = ("-D", f"{self.folder}/data", "-U", "toban", "-A", "trust", "--no-sync", "-E", "UTF8")
        self._do("initdb", *how)


def as_nobody() -> list[str]:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return []
    return ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]


@contextmanager
def server() -> Iterator[Server]:
    """One for as long as this lasts."""
    found = programs()
    assert found is not None
    in_memory = next(filter(os.path.isdir, ("/dev/shm", "/tmp")))
    folder = Path(mkdtemp(prefix="pg-", dir=in_memory))
    if os.geteuid() == 0:
        shutil.chown(folder, "nobody", "nogroup")
    made = Server(folder, found)
    try:
        made.make()
        made.start()
        yield made
        made.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
