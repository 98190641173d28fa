"""One night by toban, and one by the script: each in a process of its own, on an estate as planted."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.store import migrate
from bot.store.database import Database
from tests.bench import environment
from tests.bench.child import child
from tests.bench.night.estate import Estate
from tests.bench.stub import Stub

WHERE = "--account dev --region ap-northeast-1"


@dataclass(frozen=True, slots=True)
class Spent:
    """What a night took."""

    cpu: float  # seconds, user and system
    wall: float  # seconds
    before: float  # memory, in millions of bytes, just before it
    peak: float  # the most since the process began, in millions of bytes
    calls: Mapping[str, int]  # by action
    refused: int  # by EC2's buckets

    @property
    def called(self) -> int:
        """All calls of EC2; a role is assumed once a process."""
        return sum(count for action, count in self.calls.items() if action != "AssumeRole")


def toban(aws: Stub, estate: Estate, *, paced: bool = False) -> Spent:
    """The line, from the ask to its end; every step must be done, the sign of a good night too."""
    with tempfile.TemporaryDirectory() as folder:
        _database(Path(folder))
        words = (folder, aws.url, _line(estate), *(["paced"] if paced else []))
        steps = estate.steps + estate.create
        return _run(aws, steps, "tests.bench.children.toban_night", *words)


def _database(folder: Path) -> None:
    """Make it beforehand: a first start also holds Alembic."""
    db = Database(f"sqlite:///{folder}/toban.db")
    try:
        migrate.up_to_date(db)
    finally:
        db.close()


def script(aws: Stub, estate: Estate) -> Spent:
    """The plain script, which must make the fewest calls."""
    words = str(estate.keep), str(int(estate.create))
    spent = _run(aws, estate.steps, "tests.bench.children.script_night", *words)
    assert spent.calls == {action: count for action, count in estate.least.items() if count}, spent.calls
    return spent


def _line(estate: Estate) -> str:
    verb = "/backup tonight" if estate.create else "/snapshot prune tag:Backup=nightly"
    return f"{verb} --keep {estate.keep} {WHERE}"


def _run(aws: Stub, steps: int, *module: str) -> Spent:
    aws.reset()
    with child(*module, environment=environment.aws(aws.url, environment.DEV)) as process:
        told: dict[str, Any] = process.says()
    assert told["steps"] == {"done": steps}, told
    refused = aws.outcomes().get("RequestLimitExceeded", 0)
    return Spent(told["cpu"], told["wall"], told["before"], told["peak"], aws.calls(), refused)
