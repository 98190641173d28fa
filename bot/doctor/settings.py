"""Settings: the environment and the config file can be read, and are whole."""

from collections.abc import Iterator, Mapping

from bot.doctor.finding import Finding, Says
from bot.settings import Settings, SettingsError, load, load_without_slack

NAME = "settings"
_SAYS = Says(NAME)
_PAGE = "docs/configuration.md shows every setting."


def read(environ: Mapping[str, str]) -> tuple[Settings | None, list[Finding]]:
    """The settings as far as they go, and what is wrong with them.

    Where only Slack's tokens are missing or wrong, the rest is there all the same.
    """
    try:
        settings = load(environ)
    except SettingsError as error:
        return _without_slack(environ), list(_wrong(error))
    return settings, [_SAYS.ok(_whole(settings))]


def _without_slack(environ: Mapping[str, str]) -> Settings | None:
    try:
        return load_without_slack(environ)
    except SettingsError:
        return None


def _wrong(error: SettingsError) -> Iterator[Finding]:
    for mistake in map(str, error.mistakes):
        yield _SAYS.failed(mistake, _remedy(mistake))


def _remedy(mistake: str) -> str:
    if mistake.startswith(("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET")):
        return "Take it from your app's page at https://api.slack.com/apps, and put it into the environment."
    if mistake.startswith("There is no config file"):
        return "Let `toban init` write one."
    return f"Correct it; {_PAGE}"


def _whole(settings: Settings) -> str:
    counted = (
        _count(len(settings.accounts), "account"),
        _count(len(settings.channels), "channel"),
        _count(len(settings.groups), "group"),
    )
    return f"{settings.config} and the environment are whole: {', '.join(counted)}."


def _count(n: int, name: str) -> str:
    return f"{n} {name}" if n == 1 else f"{n} {name}s"
