"""toban without Slack in this process: the real house over a database file and the stub AWS."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from aws.account import Accounts
from aws.bucket import Bucket
from aws.pace import Pace
from bot import settings
from bot.flow.decide import Click, decide
from bot.flow.receive import Accepted, receive
from bot.house import House
from bot.operation import Asker, Door, State
from bot.store import operations
from tests.bench import apps, environment

APPROVER = "U0SUZUKI"
NEVER_EMPTY = Bucket(burst=1_000_000_000, per_second=1_000_000_000)


class Unhurried(Pace):
    """Takes its tokens as always, from buckets that never run dry: work is measured, not EC2's limits."""

    def take(self, key: str, bucket: Bucket, tokens: int = 1) -> None:
        """Take the tokens."""
        super().take(key, NEVER_EMPTY, tokens)


@contextmanager
def house(
    folder: Path, aws_url: str, *, most: int | None = None, pace: Pace | None = None
) -> Iterator[House]:
    """A house whose buckets never run dry, unless it is handed a pace.

    `most` changes how many steps an `ec2.stop` carries.
    """
    os.environ |= environment.aws(aws_url) | environment.toban(folder)
    os.environ |= {"SLACK_BOT_TOKEN": "xoxb-none", "SLACK_APP_TOKEN": "xapp-none"}
    read = settings.load(os.environ)
    made = House(read, lambda _group: ())
    made.aws.close()
    actions = made.path.actions
    if most is not None:
        actions = {**actions, "ec2.stop": replace(actions["ec2.stop"], most=most)}
    made.aws = Accounts(read.accounts, pace or Unhurried())
    made.path = replace(made.path, aws=made.aws, actions=actions)
    try:
        yield made
    finally:
        made.close()


def ask(home: House, line: str) -> int:
    """Ask as an operator does, and return the operation's number."""
    asker = Asker(environment.OPERATOR, "T0", apps.CHANNEL)
    received = receive(home.path, os.urandom(8).hex(), Door.SLASH, asker, line)
    assert isinstance(received, Accepted), received
    return received.number


def agree(home: House, number: int) -> None:
    """Somebody else agrees to what was planned."""
    seen = home.db.read(lambda tx: operations.get(tx, number))
    assert seen is not None
    decide(home.path, Click("click", Asker(APPROVER, "T0", apps.CHANNEL), number, seen.plan_hash, True))


def state(home: House, number: int) -> State:
    """Where an operation stands; past SQLAlchemy, since it is asked while work is measured."""
    with closing(sqlite3.connect(f"file:{home.db.url.database}?mode=ro", uri=True)) as file:
        (found,) = file.execute("SELECT state FROM operations WHERE id = ?", (number,)).fetchone()
    return State(found)
