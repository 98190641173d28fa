"""Telling a page at once that something changed: server-sent events with a version for each topic.

Source: the HTML standard, "Server-sent events".
"""

import asyncio
import json
import zlib
from collections.abc import AsyncIterator
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from playground.page.glance import Glance
from playground.page.stage import Stage
from playground.slack.shapes import Json
from playground.slack.views import View

LOOK, SIGN_OF_LIFE = 0.1, 15.0  # seconds between looks, and between signs of life when nothing changes


@dataclass(frozen=True, slots=True)
class Live:
    """The stream of changes for one person's page."""

    stage: Stage
    glance: Glance

    async def stream(self, request: Request) -> Response:
        """Serve /live?person=U0SATO."""
        user = request.query_params.get("person", "")
        return StreamingResponse(
            self._events(user), media_type="text/event-stream", headers={"cache-control": "no-store"}
        )

    async def _events(self, user: str) -> AsyncIterator[str]:
        told: Json = {}
        quiet = 0.0
        while True:
            now = await run_in_threadpool(versions, self.stage, self.glance, user)
            if now != told or quiet >= SIGN_OF_LIFE:
                yield f"data: {json.dumps(now)}\n\n"
                told, quiet = now, 0.0
            await asyncio.sleep(LOOK)
            quiet += LOOK


def versions(stage: Stage, glance: Glance, user: str) -> Json:
    """Return a version for each topic; a topic's page part is looked at again when it differs."""
    slack = stage.slack
    standing = [(each.key, each.target) for each in stage.mischief.standing()]
    return {
        "messages": f"{slack.workspace.messages.changes}.{stage.reads.changes}",
        "views": [_sign(view) for view in slack.workspace.views.stack(user)],
        "home": [_sign(view) for view in [slack.workspace.views.home(user)] if view],
        "wire": slack.wire.noted,
        "bot": f"{stage.doing} {stage.bot.pid} {stage.bot.log_size}",
        "happen": [standing, stage.aws is not None],
        "aws": zlib.crc32(repr((glance.places(), stage.shop and stage.shop.light)).encode()),
    }


def _sign(view: View) -> str:
    return f"{view.id} {view.hash} {view.trouble}"
