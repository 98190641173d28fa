"""slack_sdk's client, whose calls notice when Slack takes the token no more, and go on with another one."""

from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.outbox.codes import TOKEN
from bot.slack.bearer import Bearer, why

NOT_BY_IT = "apps.connections.open"  # goes by the app's token


class Client(WebClient):
    """One for everybody: it speaks with the token there is now."""

    def __init__(self, bearer: Bearer, url: str, seconds: int) -> None:
        """`seconds` is how long Slack has for an answer."""
        super().__init__(bearer.token, base_url=url, timeout=seconds)
        self.retry_handlers.clear()  # a repeated post would be a second message: the outbox decides
        self.bearer = bearer

    def api_call(self, api_method: str, **given: Any) -> SlackResponse:
        """Call a method; what was refused for its token alone is done with another one, if there is one."""
        token = self.token = self.bearer.token
        try:
            said = super().api_call(api_method, **given)
        except SlackApiError as error:
            code = why(error)
            if api_method == NOT_BY_IT or code not in TOKEN or not self.bearer.refused(token, code):
                raise
            self.token = self.bearer.token
            return super().api_call(api_method, **given)
        if api_method != NOT_BY_IT:
            self.bearer.taken(token)
        return said
