"""All of `toban init`: the file, the steps, and what the doctor says is missing."""

from collections.abc import Callable, Mapping
from pathlib import Path

import click

import commands
from bot.config.environment import config_file
from bot.config.mistakes import SettingsError
from bot.doctor.examine import examine
from bot.first_time.address import address
from bot.first_time.answers import toml
from bot.first_time.questions import Flags, answers
from bot.first_time.steps import missing, steps
from bot.slack.manifest import manifest
from bot.slack.manifest_link import link


def begin(environ: Mapping[str, str], flags: Flags, *, ask: bool, say: Callable[[str], None]) -> None:
    """Write the file unless there is one, and say what is next.  Raises click's exceptions."""
    config = config_file(environ)
    if config.exists():
        say(f"{config} is there already, and stays as it is.")
    else:
        _write(config, toml(answers(flags, environ, ask=ask)))
        say(f"{config} is written.")
    url = _address(environ, flags)
    for line in ("", *steps(config, link(manifest(commands.load(), url)), url), ""):
        say(line)
    say(missing(examine(environ).findings))


def _address(environ: Mapping[str, str], flags: Flags) -> str:
    try:
        return address(environ, flags.url)
    except SettingsError:  # which the doctor tells of
        return ""


def _write(config: Path, text: str) -> None:
    """Into a new file; who was quicker is not overwritten."""
    try:
        config.parent.mkdir(parents=True, exist_ok=True)
        with config.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise click.ClickException(f"{config} cannot be written: {error.strerror}.") from error
