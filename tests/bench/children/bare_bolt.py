"""The reference of acknowledgements and starts: the least that a Bolt app with boto3 can be.

With a database file as its argument, every command commits one row to it before it is acknowledged.
Bolt and its Socket Mode handler are as their documentation shows them, the listener pool is 32.
"""

import os
import re
import signal
import sqlite3
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import boto3
from slack_bolt import Ack, App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient


class Rows:
    """A table of commands; one connection a thread, each commit reaches the disk."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._mine = threading.local()
        self._connection().execute("CREATE TABLE IF NOT EXISTS asks (key TEXT PRIMARY KEY, line TEXT)")

    def commit(self, key: str, line: str) -> None:
        """Store one command."""
        with self._connection() as tx:
            tx.execute("INSERT INTO asks VALUES (?, ?)", (key, line))

    def _connection(self) -> sqlite3.Connection:
        made: sqlite3.Connection | None = getattr(self._mine, "connection", None)
        if made is None:
            made = sqlite3.connect(self._file, timeout=30)
            made.execute("PRAGMA journal_mode=WAL")
            made.execute("PRAGMA synchronous=FULL")
            self._mine.connection = made
        return made


def main() -> None:
    """Connect and serve until SIGTERM."""
    client = WebClient(os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"])
    app = App(client=client, listener_executor=ThreadPoolExecutor(32))
    ec2 = boto3.client("ec2")
    rows = Rows(sys.argv[1]) if len(sys.argv) > 1 else None

    @app.command(re.compile(".*"))
    def command(ack: Ack, body: dict[str, str]) -> None:
        if rows is not None:
            rows.commit(body["trigger_id"], f"{body['command']} {body['text']}")
        ack()

    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    SocketModeHandler(app, os.environ["SLACK_APP_TOKEN"]).connect()  # type: ignore[no-untyped-call]  # Bolt's
    stop.wait()
    ec2.close()


if __name__ == "__main__":
    main()
