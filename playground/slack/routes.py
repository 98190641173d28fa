"""Which address leads where."""

from starlette.applications import Starlette
from starlette.routing import Route, WebSocketRoute

from playground.slack.office import Office
from playground.slack.people_api import PeopleApi
from playground.slack.socket_mode import SocketMode
from playground.slack.web_api import WebApi


def application(api: WebApi, socket: SocketMode, office: Office) -> Starlette:
    """Return the whole local Slack as one ASGI application."""
    routes = [
        Route("/api/{method}", api.method, methods=["GET", "POST"]),
        Route("/respond/{name:path}", api.response_url, methods=["POST"]),
        Route("/upload/{secret}", api.upload, methods=["POST"]),
        Route("/people/{user}/{verb}", PeopleApi(office).act, methods=["POST"]),
        WebSocketRoute("/socket", socket.endpoint),
    ]
    return Starlette(routes=routes)
