"""Slack's tokens: the bot's is of a workspace, the app's opens sockets, where it has one."""

from collections.abc import Iterator

from bot.doctor import unseen
from bot.doctor.finding import Finding, Says
from bot.slack.sight import Sight, SlackAway, SlackSaysNo

NAME = "slack tokens"
_SAYS = Says(NAME)
_BOT = (
    "Install the app (its page OAuth & Permissions) and put the Bot User OAuth Token into SLACK_BOT_TOKEN"
    " (or the file that SLACK_BOT_TOKEN_FILE names)."
)
_APP = (
    "Make an app-level token with connections:write (the app's page Basic Information)"
    " and put it into SLACK_APP_TOKEN."
)


_RENEWED = (
    "Start `toban run`, which renews it; where its log says that it cannot, copy a new pair"
    " (OAuth & Permissions) into SLACK_BOT_TOKEN and SLACK_REFRESH_TOKEN."
)


def look(slack: Sight, *, by_http: bool = False, expires: bool = False) -> Iterator[Finding]:
    """Both of them; where Slack comes by HTTP there is no app's token.

    `expires`: the bot's token is one that toban renews.
    """
    try:
        who = slack.who()
        yield _SAYS.ok(f"The bot's token is {who.user}'s in the workspace {who.team}.")
    except SlackSaysNo as error:
        yield _SAYS.failed(
            f"Slack does not take the bot's token: {error.code}.", _RENEWED if expires else _BOT
        )
    except SlackAway as error:
        yield _SAYS.failed(f"Slack does not answer ({error}).", unseen.AWAY)
        return
    if not by_http:
        yield _app(slack)


def _app(slack: Sight) -> Finding:
    try:
        slack.may_connect()
        return _SAYS.ok("The app's token opens sockets.")
    except SlackSaysNo as error:
        return _SAYS.failed(f"The app's token opens no socket: {error.code}.", _APP)
    except SlackAway as error:
        return _SAYS.failed(f"Slack does not answer ({error}).", unseen.AWAY)
