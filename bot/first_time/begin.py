"""All of `toban init`: the file, the steps, and what the doctor says is missing."""

from collections.abc import Callable, Mapping
from pathlib import Path

import click

import commands
from bot.config.environment import config_file
from bot.config.mistakes import SettingsError
from bot.deployment.files import files
from bot.doctor.examine import examine
from bot.first_time.address import address
from bot.first_time.answers import toml
from bot.first_time.questions import Flags, answers
from bot.first_time.steps import missing, steps
from bot.iam.asked import Wish
from bot.settings import load_without_slack
from bot.slack.manifest import manifest
from bot.slack.manifest_link import link

FOLDER = "deploy"
"""Of the deployment files, beside the config file."""


def begin(environ: Mapping[str, str], flags: Flags, *, ask: bool, say: Callable[[str], None]) -> None:
    """Write the file unless there is one, and say what is next.  Raises click's exceptions."""
    config = config_file(environ)
    if config.exists():
        say(f"{config} is there already, and stays as it is.")
    else:
        given = answers(flags, environ, ask=ask)
        _write(config, toml(given))
        say(f"{config} is written.")
        if given.home:
            _deployment(environ, config.parent / FOLDER, given.home, say)
    url = _address(environ, flags)
    for line in ("", *steps(config, link(manifest(commands.load(), url)), url), ""):
        say(line)
    say(missing(examine(environ).findings))


def _address(environ: Mapping[str, str], flags: Flags) -> str:
    try:
        return address(environ, flags.url)
    except SettingsError:  # which the doctor tells of
        return ""


def _deployment(environ: Mapping[str, str], folder: Path, home: str, say: Callable[[str], None]) -> None:
    """The deployment files beside the config; what is there already stays."""
    made = files(load_without_slack(environ), Wish(), home)
    try:
        written = made.write(folder, over=False)
    except OSError as error:
        raise click.ClickException(f"{folder} cannot be written: {error.strerror}.") from error
    for path in written:
        say(f"{path} is written.")
    for note in made.notes:
        say(f"  {note}")


def _write(config: Path, text: str) -> None:
    """Into a new file; who was quicker is not overwritten."""
    try:
        config.parent.mkdir(parents=True, exist_ok=True)
        with config.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise click.ClickException(f"{config} cannot be written: {error.strerror}.") from error
