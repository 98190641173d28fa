"""Under which public address Slack finds toban, where it comes by HTTP."""

from collections.abc import Mapping

from bot.config import files
from bot.config.environment import config_file
from bot.config.mistakes import SettingsError
from bot.first_time import read
from bot.words import Words


def address(environ: Mapping[str, str], flag: str | None) -> str:
    """The flag's, else the config file's; "" for Socket Mode, which needs none.

    Raises click.UsageError, or SettingsError for a file that cannot be read: an app's page that was given the
    other mode's manifest would cut toban off.
    """
    if flag is not None:
        return read.url(flag)
    path = config_file(environ)
    if not path.exists():
        return ""
    mistakes: list[Words] = []
    file = files.read(path, mistakes)
    if file is None:
        raise SettingsError(mistakes)
    return file.http.url if file.http else ""
