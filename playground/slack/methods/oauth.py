"""oauth.v2.access, as far as it renews tokens that expire.

Source: Slack's pages "oauth.v2.access" and "Using token rotation".
"""

from typing import Protocol

from playground.slack.errors import Refusal
from playground.slack.methods.call import Call, Method
from playground.slack.shapes import Json

GOOD_FOR = 43_200  # seconds


class Renewable(Protocol):
    """The bot's token, which may expire."""

    refresh: str
    client: tuple[str, str]

    def renew(self, refresh: str) -> str:
        """Exchange a refresh token, once, for a new token.  Raises Refusal invalid_refresh_token."""
        ...


def renewing(tokens: Renewable) -> Method:
    """Return oauth.v2.access for these tokens."""

    def oauth_v2_access(call: Call) -> Json:
        if call.word("grant_type") != "refresh_token":
            raise Refusal("invalid_grant_type")
        if not tokens.refresh or call.need("client_id") != tokens.client[0]:
            raise Refusal("invalid_client_id")
        if call.need("client_secret") != tokens.client[1]:
            raise Refusal("bad_client_secret")
        access = tokens.renew(call.need("refresh_token"))
        team, app = call.slack.team, call.slack.app
        body: Json = {"access_token": access, "refresh_token": tokens.refresh, "expires_in": GOOD_FOR}
        body |= {"token_type": "bot", "app_id": app.id, "bot_user_id": app.user_id, "scope": ""}
        return body | {"team": {"id": team.id, "name": team.name}, "enterprise": None}

    return oauth_v2_access
