"""The playground: a local Slack, a local AWS with an estate, and the real bot between them."""

import os
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import click

from playground.aws.estate import plant
from playground.aws.server import LocalAws
from playground.slack.server import LocalSlack

CONFIG = Path(__file__).with_name("toban.toml")
REGION = "ap-northeast-1"


def play(port: int) -> None:
    """Run until Ctrl-C; `port` 0 means any free one."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with LocalAws() as aws, LocalSlack(port=port) as slack, tempfile.TemporaryDirectory() as folder:
        plant(aws)
        aws.control.instances_take(start=8, stop=6, checks=5)
        aws.control.snapshots_take(10)
        bot = start_bot(slack, aws, Path(folder))
        try:
            slack.socket.wait_for_connections(1, timeout=30)
            click.echo(f"The playground is at {slack.url}/ (Ctrl-C ends it)")
            stop.wait()
        finally:
            bot.terminate()
            bot.wait(timeout=15)


def start_bot(
    slack: LocalSlack, aws: LocalAws, folder: Path, config: Path = CONFIG
) -> "subprocess.Popen[bytes]":
    """The bot as users run it: what makes it a playground's are these variables and the config."""
    environment = {
        **os.environ,
        **aws.environment(region=REGION),
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_API_URL": slack.api_url,
        "TOBAN_DATABASE_URL": f"sqlite:///{folder}/toban.db",
        "TOBAN_CONFIG": str(config),
    }
    return subprocess.Popen([sys.executable, "-m", "bot", "run"], env=environment)


if __name__ == "__main__":
    play(0)
