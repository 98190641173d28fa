"""By which way Slack comes, as the settings say: sockets that toban opens, or requests by HTTP."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from slack_bolt import App

from bot.courtesy import Courtesy
from bot.settings import Settings
from bot.slack.connection import Connection, Workspace
from bot.slack.prompt import Took

if TYPE_CHECKING:
    from bot.slack.incoming import Incoming


def way(
    settings: Settings,
    app: App,
    workspace: Workspace,
    courtesy: Courtesy,
    learned: Callable[[], None],
    took: Took | None,
) -> "Connection | Incoming":
    """What lets Slack in, not yet started.  Raises SettingsError when an address cannot be had."""
    if settings.http is None:
        token = settings.slack_app_token.get_secret_value()
        return Connection(app, token, workspace, courtesy, learned, took)
    from bot.slack.incoming import Incoming  # noqa: PLC0415 - a server that others do without

    secret = settings.slack_signing_secret.get_secret_value()
    return Incoming(app, settings.http, secret, workspace, courtesy, learned, took)
