"""Nobody but this page and this machine's programs: other web pages are refused.

A browser sends requests to 127.0.0.1 for any site that asks it to; it tells, though, for whom.
"""

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

HERE = {"127.0.0.1", "localhost"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)


class OnlyHere:
    """ASGI middleware around the whole local Slack."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a request that another site caused; pass every other on."""
        if scope["type"] == "http" and not is_from_here(Headers(scope=scope)):
            await PlainTextResponse("only from this machine", 403)(scope, receive, send)
            return
        await self._app(scope, receive, send)


def is_from_here(headers: Headers) -> bool:
    """Whether a request is meant for this machine, and not caused by another site."""
    host = headers.get("host", "")
    origin = headers.get("origin")
    return host.rpartition(":")[0] in HERE and origin in {None, f"http://{host}"}
