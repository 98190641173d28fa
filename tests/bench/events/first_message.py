"""From an event to its first message: the bot as its users run it, a queue, and a local Slack.

Each event is another thing's, and goes to one of many channels: Slack takes a message a second in each.
"""

import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from playground.slack.message import Message
from playground.slack.people import Channel
from playground.slack.seeds import BOT
from playground.slack.server import LocalSlack
from tests.bench import environment
from tests.bench.child import child
from tests.bench.events.queue import queue
from tests.bench.events.shape import APPS, PATH, channel
from tests.bench.figure import Figure
from tests.bench.spread import percentile

A_SECOND = 50
EVENTS = 450  # nine seconds; fewer for each channel than would be a storm
STORM = 1000
CONFIG = """
zone = "Asia/Tokyo"
language = "en"

[accounts.prod]
id = "{account}"
regions = ["{region}"]

[channels.C0OPS]
language = "en"

[groups]
operators = ["U0SATO"]
approvers = ["U0SUZUKI"]

[queues.main]
account = "prod"
region = "{region}"
url = "{url}"
"""
RULE = """
[rules.app-{app}]
pattern = {{ source = ["app.{app}"] }}
channel = "{channel}"
"""


def measure() -> Sequence[Figure]:
    """First at fifty a second, then a storm."""
    stored, posted = _at_fifty_a_second()
    messages, kept = _in_a_storm()
    return [
        Figure(f"event to stored letter at {A_SECOND}/s, p95", percentile(stored, 95), 1000, "ms"),
        Figure(f"event to posted message at {A_SECOND}/s, p95", percentile(posted, 95), 1000, "ms"),
        Figure(f"messages of a storm of {STORM:,}", messages, 20),
        Figure("alarms of it that are lost", STORM - kept, 0),
    ]


def _at_fifty_a_second() -> tuple[list[float], list[float]]:
    """Milliseconds from when the queue had each event until its letter was stored, and was posted."""
    with _bot(EVENTS, A_SECOND, "apps") as (slack, folder):
        _until(lambda: len(_posted(slack)) >= EVENTS)
        posted = {_number(each): float(each.ts) for each in _posted(slack)}
        query = "select e.key, o.created from events e join outbox o on o.key = 'trouble:' || e.trouble"
        letters = _rows(folder, query)
    had = dict(_had(str(key)) for key, _ in letters)
    stored = {_had(str(key))[0]: _seconds(str(at)) for key, at in letters}
    waits = [[1000 * (seconds[number] - had[number]) for number in had] for seconds in (stored, posted)]
    assert len(had) == EVENTS, len(had)
    return waits[0], waits[1]


def _posted(slack: LocalSlack) -> list[Message]:
    return [each for app in range(APPS) for each in slack.messages(channel(app))]


def _number(message: Message) -> str:
    return message.text.partition("Something ")[2].partition("*")[0]


def _had(key: str) -> tuple[str, float]:
    """The number of an event, and when the queue had it."""
    number, _, at = key.removeprefix("event/").partition("@")
    return number, float(at)


def _seconds(at: str) -> float:
    return datetime.fromisoformat(f"{at}+00:00").timestamp()


def _in_a_storm() -> tuple[int, int]:
    """The messages that it took, and its alarms that are kept."""
    with _bot(STORM, 0, "storm") as (slack, folder):
        _until(lambda: _rows(folder, "select count(*) from troubles") == [(STORM,)])
        _until(lambda: _rows(folder, "select count(*) from outbox where next_try is not null") == [(0,)])
        ((kept,),) = _rows(folder, "select count(distinct subject) from troubles where state = 'open'")
        return len(slack.messages("C0OPS")), int(str(kept))


@contextmanager
def _bot(count: int, per_second: int, kind: str) -> Iterator[tuple[LocalSlack, Path]]:
    """The bot, connected, and so many events that come to it."""
    with (
        tempfile.TemporaryDirectory() as name,
        LocalSlack() as slack,
        queue(count, per_second, kind) as (_, url),
    ):
        folder = Path(name)
        for app in range(APPS):
            made = Channel(channel(app), f"app-{app}", {BOT.user_id})
            slack.workspace.channels[made.id] = made
        variables = environment.slack(slack) | environment.aws(url) | environment.toban(folder)
        (folder / "toban.toml").write_text(_config(url), encoding="utf-8")
        with child("bot", "run", environment=variables, log=folder / "bot.log"):
            slack.socket.wait_for_connections(2, timeout=30)
            yield slack, folder


def _config(url: str) -> str:
    rules = "".join(RULE.format(app=app, channel=channel(app)) for app in range(APPS))
    region = environment.REGIONS[0]
    return CONFIG.format(account=environment.PROD, region=region, url=f"{url}{PATH}") + rules


def _rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(f"file:{folder}/toban.db?mode=ro", uri=True)) as tx:
        return [tuple(row) for row in tx.execute(query)]


def _until(holds: Callable[[], bool], seconds: float = 90) -> None:
    until = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > until:
            raise TimeoutError("it does not come to its end")
        time.sleep(0.25)
