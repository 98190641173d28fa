import socket

from slack_bolt import App
from slack_sdk import WebClient

from bot.slack.connection import Workspace, bolt
from bot.slack.ending import close
from bot.slack.prompt import Handler
from playground.slack.server import LocalSlack


def test_every_connection_sends_an_acknowledgement_at_once() -> None:
    """The first one, and the one that slack_sdk makes when Slack asks it to come again."""
    with LocalSlack() as slack:
        handler = _handler(slack)
        try:
            handler.client.connect()
            first = handler.client.current_session
            handler.client.connect_to_new_endpoint(force=True)
            second = handler.client.current_session
            assert first is not None
            assert second is not first
            assert second is not None
            assert second.sock is not None
            assert second.sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        finally:
            close(handler.client)


def _handler(slack: LocalSlack) -> Handler:
    client = WebClient(slack.bot_token, base_url=slack.api_url)
    app: App = bolt(client, Workspace(client))
    return Handler(app, slack.app_token, 1, 5.0)
