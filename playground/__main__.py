"""The playground: a local Slack with its page, a local AWS with an estate, and the real bot between them.

And a small system that stands in this AWS and really answers, to be broken (`playground.shop`).
"""

import os
import signal
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import click

import commands
from bot.language import Languages
from bot.slack.manifest import manifest
from playground import agreed
from playground.page.bot_process import BotProcess
from playground.page.routes import serve_page
from playground.page.stage import Stage, app_of
from playground.probed import with_probe
from playground.slack import seeds
from playground.slack.server import LocalSlack

CONFIG = Path(__file__).with_name("toban.toml")
REGION = "ap-northeast-1"


def play(port: int) -> None:
    """Run until Ctrl-C; `port` 0 means any free one."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with playground(port) as stage:
        click.echo(f"The playground is at {stage.slack.url}/ (Ctrl-C ends it)")
        stop.wait()


@contextmanager
def playground(port: int = 0, config: Path = CONFIG) -> Iterator[Stage]:
    """The whole of it.  The page answers at once; the AWS and then the bot follow by themselves."""
    with tempfile.TemporaryDirectory(prefix="toban-") as folder, ExitStack() as exits:
        stage = _stage(port, Path(folder))
        serve_page(stage)
        exits.enter_context(stage.slack)
        rest = threading.Thread(target=_open_the_rest, args=(stage, config, exits), name="playground")
        rest.start()
        exits.callback(rest.join)
        try:
            yield stage
        finally:
            rest.join()
            stage.bot.end()


def environment(stage: Stage, aws: Mapping[str, str], config: Path) -> dict[str, str]:
    """Return what makes the bot a playground's: these variables and the config, nothing else."""
    return {
        **aws,
        "SLACK_BOT_TOKEN": stage.slack.bot_token,
        "SLACK_APP_TOKEN": stage.slack.app_token,
        "SLACK_API_URL": stage.slack.api_url,
        "TOBAN_DATABASE_URL": f"sqlite:///{stage.bot.folder}/toban.db",
        "TOBAN_CONFIG": str(config),
    }


def _stage(port: int, folder: Path) -> Stage:
    described = manifest(commands.load())
    scopes = described["oauth_config"]["scopes"]["bot"]
    slack = LocalSlack(port=port, app=app_of(described, seeds.BOT), scopes=scopes)
    shortcuts = tuple(described["features"].get("shortcuts", ()))
    return Stage(slack, BotProcess(folder), Languages.load(), shortcuts)


def _open_the_rest(stage: Stage, config: Path, exits: ExitStack) -> None:
    """Open the AWS, then start the bot, and let the team agree to the night."""
    from bot.settings import load  # noqa: PLC0415 - as the next
    from playground.aws.estate import plant  # noqa: PLC0415 - moto takes seconds, and the page comes first
    from playground.aws.planting_shop import plant_shop  # noqa: PLC0415 - as above
    from playground.aws.server import LocalAws  # noqa: PLC0415 - as above
    from playground.shop.shop import Shop  # noqa: PLC0415 - as above

    aws = exits.enter_context(LocalAws())

    def plant_anew() -> None:
        with aws.control.lock:  # the shop sees all of it, or nothing
            plant(aws)
            plant_shop(aws)
        aws.control.databases_fail_over()
        aws.control.caches_fail_over()
        aws.control.instances_take(start=8, stop=6, checks=5)
        aws.control.databases_take(start=10, stop=8)
        aws.control.snapshots_take(3)
        aws.control.commands_take(4)
        aws.control.commands_write()
        aws.control.copies_take(0)  # toban looks every 15 seconds: a night is to be over in half a minute

    plant_anew()
    stage.plant = plant_anew
    folder = Path(exits.enter_context(tempfile.TemporaryDirectory(prefix="toban-shop-")))
    stage.shop = exits.enter_context(Shop(aws, log=folder / "truth.jsonl"))
    probed = with_probe(config, stage.shop.url, folder)
    stage.bot.environment = environment(stage, aws.environment(region=REGION), probed)
    stage.schedules = load({**os.environ, **stage.bot.environment}).schedules
    stage.agree = lambda: agreed.agree(stage.slack, stage.bot)
    stage.aws = aws
    stage.bot.start()
    stage.agree()


if __name__ == "__main__":
    play(0)
