"""Where a fault meets a request: it is answered wrongly, not at all, or too late."""

import asyncio
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from playground.slack.clock import Clock
from playground.slack.faults import Fault, Faults
from playground.slack.lines import Lines


class Mishaps:
    """Carries requests out, unless a fault is due."""

    def __init__(self, faults: Faults, lines: Lines, clock: Clock) -> None:
        self._faults, self._lines, self._clock = faults, lines, clock

    async def around(
        self, request: Request, name: str, channel: str, carry_out: Callable[[], Response]
    ) -> Response:
        """Return carry_out's response, or what a fault makes of it."""
        fault = self._faults.next(name, channel, self._clock())
        if fault is None:
            return carry_out()
        if fault.kind == "timeout":
            await _until_gone(request)
            return Response()
        if fault.kind == "cut":
            carry_out()
            self._lines.break_off((request.client.host, request.client.port) if request.client else None)
            await asyncio.sleep(0)  # lets the server see that the caller is gone
            return Response()
        return _refused(fault)


async def _until_gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _refused(fault: Fault) -> Response:
    if fault.kind == "error":
        return JSONResponse({"ok": False, "error": fault.code})
    if fault.status == 429:
        headers = {"Retry-After": str(fault.retry_after)}
        return JSONResponse({"ok": False, "error": "ratelimited"}, 429, headers)
    return PlainTextResponse("Server Error", fault.status)
