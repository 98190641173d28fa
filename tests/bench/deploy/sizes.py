"""Memory of a real `toban run`, with 1, 10 and 50 accounts of two regions, and of each role on a PostgreSQL.

The stub AWS is a process of its own.  "At rest" is what the kernel says (RSS) when the bot used next to no
CPU for half a second; "after a look" the same when `/ec2 list` has read every account and region.
"""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from playground.slack.server import LocalSlack
from tests.bench import apps, environment
from tests.bench.child import Child, child
from tests.bench.figure import Figure
from tests.bench.stub import stub
from tests.postgres import programs, server

ACCOUNTS = (1, 10, 50)
MOST_AT_REST, MOST_AFTER = 130, 260  # MB; the template's task has 600
INSTANCES = 100  # in each account and region
_PEOPLE = """[channels.C0OPS]
language = "en"
[groups]
operators = ["U0SATO"]
approvers = ["U0SUZUKI"]
"""
LINE = "/ec2 list tag:service=db"


def measure() -> Sequence[Figure]:
    """One process on SQLite for each number of accounts; then the roles."""
    with stub(INSTANCES) as aws:
        on_sqlite = [figure for accounts in ACCOUNTS for figure in _sqlite(aws.url, accounts)]
        return [*on_sqlite, *(_roles(aws.url) if programs() else ())]


def config(accounts: int) -> str:
    """A config with so many accounts."""
    tables = (
        f'[accounts.a{number}]\nid = "{number:012}"\nregions = ["ap-northeast-1", "us-east-1"]\n'
        f'role = "arn:aws:iam::{number:012}:role/toban"\n'
        for number in range(1, accounts + 1)
    )
    return "\n".join(['zone = "Asia/Tokyo"', *tables, _PEOPLE])


def _sqlite(aws_url: str, accounts: int) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as name, LocalSlack() as slack:
        folder = Path(name)
        with _running(folder, aws_url, slack, accounts, {}):
            pass  # the first start of all makes the database, and holds Alembic
        with _running(folder, aws_url, slack, accounts, {}) as bot:
            bot.settle()
            yield Figure(f"at rest, {accounts} accounts, SQLite", bot.resident_mb, MOST_AT_REST, "MB")
            slack.as_person(environment.OPERATOR).types(apps.CHANNEL, LINE)
            slack.wait_for_ephemeral(apps.CHANNEL, environment.OPERATOR, timeout=60)
            bot.settle()
            yield Figure(f"after a look at {accounts} accounts, SQLite", bot.resident_mb, MOST_AFTER, "MB")


def _roles(aws_url: str) -> Iterator[Figure]:
    for role, sockets in (("all", 2), ("front", 2), ("worker", 0)):
        with tempfile.TemporaryDirectory() as name, LocalSlack() as slack, server() as running:
            shared = {"TOBAN_DATABASE_URL": running.new(), "TOBAN_AUDIT_KEY": "k" * 32}
            with _running(Path(name), aws_url, slack, 10, shared):
                pass
            with _running(Path(name), aws_url, slack, 10, shared, role, sockets) as bot:
                bot.settle()
                yield Figure(
                    f"at rest, 10 accounts, PostgreSQL, --role {role}", bot.resident_mb, MOST_AT_REST, "MB"
                )


@contextmanager
def _running(
    folder: Path,
    aws_url: str,
    slack: LocalSlack,
    accounts: int,
    shared: Mapping[str, str],
    role: str = "all",
    sockets: int = 2,
) -> Iterator[Child]:
    variables = {
        **environment.slack(slack),
        **environment.aws(aws_url),
        **environment.toban(folder),
        **shared,
    }
    (folder / "toban.toml").write_text(config(accounts), encoding="utf-8")
    with child("bot", "run", "--role", role, environment=variables, log=folder / "bot.log") as process:
        if sockets:
            slack.socket.wait_for_connections(sockets, timeout=60)
        else:
            process.settle()
        yield process
